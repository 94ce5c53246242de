import { createHash, createSign } from 'node:crypto'
import { z } from 'zod'
import type { TokenFor } from '../core/authorize-call.ts'
import { StipendError } from '../core/errors.ts'
import type { GoogleAccount } from '../core/google-account.ts'
import { type OutboundFetch, outboundFetch } from '../outbound/outbound-fetch.ts'

/** What is asked for, and for how long: Google gives no token for longer. */
const scope = 'https://www.googleapis.com/auth/cloud-platform'
const lifeSeconds = 3600

/** A token that ends sooner than this is not begun with: a long answer is under way with it. */
const earlyMs = 5 * 60_000
const mostKept = 256

const tokenSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,8000}$/),
  expires_in: z.number().positive(),
})

interface Kept {
  token: Promise<string>
  /** Infinity while it is on its way: whoever comes meanwhile waits for the same one. */
  freshUntilMs: number
}

/**
 * Gets the tokens that service accounts sign in with, and keeps each until shortly before it ends. They are in this
 * memory alone. Where an account gets its tokens stands in its key file, so the outbound rules hold for that place too.
 */
export function openGoogleTokens(fetch: OutboundFetch = outboundFetch, now: () => number = Date.now): TokenFor {
  const kept = new Map<string, Kept>()

  const get = (account: GoogleAccount, name: string): Promise<string> => {
    const one: Kept = { token: Promise.resolve(''), freshUntilMs: Number.POSITIVE_INFINITY }
    one.token = exchange(account, fetch, now).then(
      ({ token, lastsMs }) => {
        one.freshUntilMs = now() + Math.max(lastsMs - earlyMs, lastsMs / 2)
        return token
      },
      (error: unknown) => {
        if (kept.get(name) === one) kept.delete(name)
        throw error
      },
    )
    kept.set(name, one)
    const [oldest] = kept.keys()
    if (oldest !== undefined && kept.size > mostKept) kept.delete(oldest)
    return one.token
  }

  return async (account) => {
    const name = createHash('sha256').update(JSON.stringify(account)).digest('base64')
    const known = kept.get(name)
    return known && now() < known.freshUntilMs ? await known.token : await get(account, name)
  }
}

async function exchange(account: GoogleAccount, fetch: OutboundFetch, now: () => number) {
  const assertion = assertionOf(account, Math.floor(now() / 1000))
  const { status, text } = await fetch(account.token_uri, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }).toString(),
    timeoutMs: 10_000,
    maxBytes: 100_000,
  })
  const answer = tokenSchema.safeParse(status === 200 ? parse(text) : null)
  if (!answer.success) {
    throw new StipendError('upstream_error', `Google gave no token for the service account (HTTP ${status}).`, {
      cause: new TokenRefused(status),
    })
  }
  return { token: answer.data.access_token, lastsMs: answer.data.expires_in * 1000 }
}

/** The account's own word that it is itself, signed with its key. */
function assertionOf(account: GoogleAccount, issuedAt: number): string {
  const header = { alg: 'RS256', typ: 'JWT', ...(account.private_key_id && { kid: account.private_key_id }) }
  const claims = {
    iss: account.client_email,
    sub: account.client_email,
    aud: account.token_uri,
    scope,
    iat: issuedAt,
    exp: issuedAt + lifeSeconds,
  }
  const said = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${said}.${createSign('RSA-SHA256').update(said).sign(account.private_key, 'base64url')}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Google heard the account and would not have it. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
  readonly status: number

  constructor(status: number) {
    super(`The token endpoint answered ${status}.`)
    this.status = status
  }
}
