import { Agent, fetch } from 'undici'
import { StipendError } from '../core/errors.ts'
import { environment } from '../environment.ts'
import { checkOutboundUrl } from './check-outbound-url.ts'
import { isAllowedAddress } from './is-allowed-address.ts'
import { ForbiddenAddress, judgedLookup } from './judged-lookup.ts'

interface OutboundAnswer {
  status: number
  text: string
}

interface OutboundRequest {
  method?: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
  timeoutMs: number
  maxBytes: number
}

export type OutboundFetch = (url: string, request: OutboundRequest) => Promise<OutboundAnswer>

/**
 * One short call to a place that a person of the organization named. The host is resolved once, each of its addresses is
 * judged, and the connection goes to those and no other; redirects are not followed; the answer is read up to a limit.
 */
export const outboundFetch: OutboundFetch = async (url, { method = 'GET', headers, body, timeoutMs, maxBytes }) => {
  const allowPrivate = environment().STIPEND_ALLOW_PRIVATE_UPSTREAMS
  checkOutboundUrl(url, allowPrivate, 'url')
  const agent = new Agent({ connect: { lookup: judgedLookup((ip) => isAllowedAddress(ip, allowPrivate)) } })
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, 'accept-encoding': 'identity' },
      body: body ?? null,
      redirect: 'manual',
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: response.status, text: await readUpTo(response.body, maxBytes) }
  } catch (error) {
    throw asStipendError(error)
  } finally {
    await agent.destroy()
  }
}

async function readUpTo(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length > maxBytes) throw new StipendError('upstream_error', 'The answer is too long.')
  }
  return Buffer.concat(chunks).toString()
}

function asStipendError(error: unknown): StipendError {
  if (error instanceof StipendError) return error
  const cause = error instanceof Error && error.cause ? error.cause : error
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new StipendError('upstream_timeout', 'There was no answer in time.', { cause })
  }
  if (cause instanceof ForbiddenAddress) {
    return new StipendError('upstream_error', 'The host resolves to a private address.', { cause })
  }
  const reason = (cause as { code?: unknown } | null)?.code
  const detail = typeof reason === 'string' ? ` (${reason})` : ''
  return new StipendError('upstream_error', `The host could not be reached${detail}.`, { cause })
}
