import type { Role } from '../auth/member.ts'
import { environment } from '../environment.ts'

export interface OidcSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** What its button says; null: in our words. */
  name: string | null
  /** None: any. */
  allowedDomains: readonly string[]
  /** Where people who are new become members; null: nowhere, and they are refused. */
  organization: string | null
  role: Role
}

/** The issuer that may vouch for people here; null when none is set. */
export function oidcSettings(): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, ...rest } = environment()
  if (!issuer || !clientId || !clientSecret) return null
  return {
    issuer,
    clientId,
    clientSecret,
    name: rest.OIDC_NAME ?? null,
    allowedDomains: rest.OIDC_ALLOWED_DOMAINS,
    organization: rest.OIDC_ORGANIZATION ?? null,
    role: rest.OIDC_ROLE,
  }
}
