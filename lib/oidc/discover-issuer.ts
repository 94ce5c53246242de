import { z } from 'zod'
import { StipendError } from '../core/errors.ts'
import { environment } from '../environment.ts'
import { checkOutboundUrl } from '../outbound/check-outbound-url.ts'
import { outboundFetch } from '../outbound/outbound-fetch.ts'

const timeoutMs = 10_000
const maxBytes = 256 * 1024
const keptMs = 10 * 60_000

const schema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: z.string().optional(),
})

export type IssuerDocument = z.infer<typeof schema>

let kept: { issuer: string; until: number; document: Promise<IssuerDocument> } | null = null

/** What an issuer says of itself, asked again every ten minutes and after a failure. */
export function discoverIssuer(issuer: string): Promise<IssuerDocument> {
  if (kept?.issuer === issuer && kept.until > Date.now()) return kept.document
  const document = readDocument(issuer)
  kept = { issuer, until: Date.now() + keptMs, document }
  document.catch(() => {
    if (kept?.document === document) kept = null
  })
  return document
}

async function readDocument(issuer: string): Promise<IssuerDocument> {
  const answer = await outboundFetch(`${issuer}/.well-known/openid-configuration`, {
    headers: { accept: 'application/json' },
    timeoutMs,
    maxBytes,
  })
  const document = answer.status === 200 ? schema.safeParse(jsonOf(answer.text)).data : undefined
  if (document?.issuer.replace(/\/$/, '') !== issuer) {
    throw new StipendError('upstream_error', `${issuer} is no OpenID Connect issuer of that name.`)
  }
  const allowPrivate = environment().STIPEND_ALLOW_PRIVATE_UPSTREAMS
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = document
  for (const url of [authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint]) {
    if (url !== undefined) checkOutboundUrl(url, allowPrivate, 'OIDC_ISSUER')
  }
  return document
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
