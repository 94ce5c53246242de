import { currentMember } from '#lib/auth/current-member.ts'
import { remoteAddress } from '#lib/auth/remote-address.ts'
import { sharedGateway } from '#server/shared-gateway.ts'
import { streamCall } from './stream-call.ts'

export const dynamic = 'force-dynamic'

/** A chat through the gateway with one of the member's own keys, `?key=`; its secret is neither needed nor known. */
export async function POST(request: Request, { params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  if (!isOurs(request)) return new Response(null, { status: 403 })
  const member = await currentMember(organization)
  const { callWithOwnKey } = await sharedGateway()
  const keyId = new URL(request.url).searchParams.get('key') ?? ''
  const gone = new AbortController()
  request.signal.addEventListener('abort', () => gone.abort(), { once: true })
  if (request.signal.aborted) gone.abort()
  // Read by the gateway, which knows how much is too much.
  const { body, headers } = request
  const call = callWithOwnKey(member, keyId, { body, signal: gone.signal, remoteAddress: remoteAddress(headers) })
  return new Response(streamCall(call, gone), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

/** Money is spent by this, so no page of others may send it, not even of a neighbour on the same site. */
function isOurs({ headers }: Request): boolean {
  const site = headers.get('sec-fetch-site')
  return headers.get('content-type') === 'application/json' && (site === null || site === 'same-origin')
}
