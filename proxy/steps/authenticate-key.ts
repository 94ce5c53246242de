import { StipendError } from '#lib/core/errors.ts'
import { headerOf, type IncomingRequest } from '../exchange.ts'
import type { Caller, Keys } from '../gateway.ts'

/** Where the clients of the dialects put their secret. */
const secretHeaders = ['x-api-key', 'api-key', 'x-goog-api-key'] as const

/** The caller behind the one secret of a request. */
export async function authenticateKey(keys: Keys, request: IncomingRequest): Promise<Caller> {
  return keys.authenticate(secretOf(request))
}

function secretOf(request: IncomingRequest): string {
  const bearer = /^bearer\s+(\S+)\s*$/i.exec(headerOf(request, 'authorization') ?? '')?.[1]
  const ofQuery = request.path.startsWith('/v1beta/') ? new URLSearchParams(request.query).get('key') : null
  const headers = secretHeaders.map((name) => headerOf(request, name)?.trim())
  const secrets = new Set([bearer, ...headers, ofQuery || undefined])
  secrets.delete(undefined)
  const [secret, another] = secrets
  // Two readers could each take another one for the caller.
  if (another) throw new StipendError('invalid_request_error', 'This request carries two different keys. Send one key.')
  if (!secret) {
    const message = 'No key was sent. Send yours as "Authorization: Bearer sk-stp-…" or in the x-api-key header.'
    throw new StipendError('invalid_api_key', message)
  }
  return secret
}
