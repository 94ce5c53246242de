import type { Member } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import { authenticateOwnKey } from '#lib/keys/authenticate-own-key.ts'
import type { Gateway } from '#proxy/gateway.ts'
import { fetchMount } from '#proxy/mounts/fetch.ts'

export interface OwnCall {
  /** JSON in OpenAI's dialect of chats. */
  body: ReadableStream<Uint8Array> | string | null
  /** Aborts when nobody reads the answer any more. */
  signal: AbortSignal
  /** Where the member's browser is. */
  remoteAddress: string | null
}

export interface StartedCall {
  /** The request's, known before anything is answered. */
  id: string
  /** Never rejects. */
  answer: Promise<Response>
}

/**
 * A chat as any client would have it, but for the secret: the member's session opens the key instead. Every other step is
 * the gateway's own, so caps, allowlists, rates and addresses hold as they do outside.
 */
export function callWithOwnKey(gateway: Gateway, member: Member, keyId: string, call: OwnCall): StartedCall {
  const id = newId()
  const opened: Gateway = {
    ...gateway,
    keys: { ...gateway.keys, authenticate: (presented) => authenticateOwnKey(member, presented) },
  }
  const answer = fetchMount(opened, { remoteAddressOf: () => call.remoteAddress, newId: () => id })(
    new Request('http://localhost/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${keyId}`, 'content-type': 'application/json' },
      body: call.body,
      signal: call.signal,
      ...(typeof call.body === 'object' && { duplex: 'half' }),
    }),
  )
  return { id, answer }
}
