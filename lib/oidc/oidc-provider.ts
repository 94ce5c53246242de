import type { OAuthConfig } from 'next-auth/providers/oauth'
import { environment } from '../environment.ts'
import { isAllowedAddress } from '../outbound/is-allowed-address.ts'
import { judgedLookup } from '../outbound/judged-lookup.ts'
import { discoverIssuer } from './discover-issuer.ts'
import type { OidcClaims } from './oidc-claims.ts'
import type { OidcSettings } from './oidc-settings.ts'

const timeoutMs = 10_000

/** The issuer for NextAuth: authorization code with PKCE, state and nonce; the claims are those of the signed id_token. */
export async function oidcProvider(settings: OidcSettings): Promise<OAuthConfig<OidcClaims>> {
  const document = await discoverIssuer(settings.issuer)
  const allowPrivate = environment().STIPEND_ALLOW_PRIVATE_UPSTREAMS
  return {
    id: 'oidc',
    name: settings.name ?? 'OpenID Connect',
    type: 'oauth',
    issuer: document.issuer,
    authorization: { url: document.authorization_endpoint, params: { scope: 'openid email profile' } },
    token: { url: document.token_endpoint },
    jwks_endpoint: document.jwks_uri,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    checks: ['pkce', 'state', 'nonce'],
    idToken: true,
    // Its type does not name `lookup`, which the library hands on to the connection.
    httpOptions: {
      timeout: timeoutMs,
      lookup: judgedLookup((ip) => isAllowedAddress(ip, allowPrivate)),
    } as OAuthConfig<OidcClaims>['httpOptions'] & object,
    profile: ({ sub, email, name }) => ({ id: sub, email: email ?? null, name: name ?? null }),
  }
}
