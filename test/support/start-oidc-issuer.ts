import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'

interface IssuerPerson {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
}

/** How it misbehaves. */
type IssuerFault = 'other key' | 'other nonce' | 'other audience' | 'other issuer' | 'expired' | 'other state'

export interface OidcIssuer {
  url: string
  clientId: string
  clientSecret: string
  /** Who is signed in there; null: it says no. */
  person: IssuerPerson | null
  fault: IssuerFault | null
  /** Codes that were exchanged. */
  exchanged: number
  close(): Promise<void>
}

interface Grant {
  person: IssuerPerson
  redirectUri: string
  challenge: string
  nonce: string | null
}

/**
 * A small OpenID Connect issuer on a real port: authorization code with PKCE, a secret in the Authorization header, a signed
 * id_token. It asks its person for nothing and sends them straight back.
 */
export async function startOidcIssuer(): Promise<OidcIssuer> {
  const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const grants = new Map<string, Grant>()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer.url)
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (url.pathname === '/.well-known/openid-configuration') {
      return send(200, {
        issuer: issuer.url,
        authorization_endpoint: `${issuer.url}/authorize`,
        token_endpoint: `${issuer.url}/token`,
        jwks_uri: `${issuer.url}/keys`,
      })
    }
    if (url.pathname === '/keys') return send(200, { keys: [jwk] })
    if (url.pathname === '/authorize') {
      const asked = Object.fromEntries(url.searchParams)
      const isWhole =
        asked.response_type === 'code' && asked.client_id === issuer.clientId && asked.code_challenge_method === 'S256'
      if (!isWhole || !asked.redirect_uri || !asked.code_challenge || !asked.state) {
        return send(400, { error: 'invalid_request' })
      }
      const back = new URL(asked.redirect_uri)
      back.searchParams.set('state', issuer.fault === 'other state' ? 'forged' : asked.state)
      if (issuer.person === null) back.searchParams.set('error', 'access_denied')
      else {
        const code = randomBytes(16).toString('hex')
        grants.set(code, {
          person: issuer.person,
          redirectUri: asked.redirect_uri,
          challenge: asked.code_challenge,
          nonce: asked.nonce ?? null,
        })
        back.searchParams.set('code', code)
      }
      return response.writeHead(302, { location: back.toString() }).end()
    }
    if (url.pathname !== '/token') return send(404, {})
    let body = ''
    for await (const chunk of request) body += chunk
    const given = Object.fromEntries(new URLSearchParams(body))
    // Both halves are form-encoded first, as RFC 6749 has it.
    const basic = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString()
    const [id, secret] = basic.split(':').map((half) => decodeURIComponent(half.replaceAll('+', ' ')))
    if (id !== issuer.clientId || secret !== issuer.clientSecret) return send(401, { error: 'invalid_client' })
    const grant = grants.get(given.code ?? '')
    grants.delete(given.code ?? '')
    const challenge = createHash('sha256')
      .update(given.code_verifier ?? '')
      .digest('base64url')
    if (grant?.challenge !== challenge || grant.redirectUri !== given.redirect_uri) {
      return send(400, { error: 'invalid_grant' })
    }
    issuer.exchanged++
    return send(200, { access_token: 'of no use', token_type: 'Bearer', id_token: await idTokenOf(grant) })
  })

  function idTokenOf({ person, nonce }: Grant): Promise<string> {
    const is = (fault: IssuerFault) => issuer.fault === fault
    const now = Math.floor(Date.now() / 1000)
    const key: CryptoKey = is('other key') ? other.privateKey : own.privateKey
    return new SignJWT({ ...person, nonce: is('other nonce') ? 'another' : nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(is('other issuer') ? 'https://evil.example' : issuer.url)
      .setAudience(is('other audience') ? 'somebody else' : issuer.clientId)
      .setIssuedAt(is('expired') ? now - 7200 : now)
      .setExpirationTime(is('expired') ? now - 3600 : now + 300)
      .sign(key)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer: OidcIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: 'stipend',
    clientSecret: 'a secret of the issuer',
    person: null,
    fault: null,
    exchanged: 0,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  return issuer
}
