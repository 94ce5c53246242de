import { createVerify } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { readBody } from '../read-body.ts'
import { giveToken, publicKeyOf, tokenPath } from './accounts.ts'

const headerSchema = z.looseObject({ alg: z.literal('RS256'), typ: z.literal('JWT') })
const claimsSchema = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  scope: z.string(),
  iat: z.int(),
  exp: z.int(),
})

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const scope = 'https://www.googleapis.com/auth/cloud-platform'
const longestSeconds = 3600
const longestSkewSeconds = 300

/** Gives a token for an hour to who proves to be a service account, as strictly as Google does. */
export async function serveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams((await readBody(request)).toString())
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const problem = isForm && form.get('grant_type') === grantType ? null : 'unsupported_grant_type'
  const email = problem
    ? null
    : readAssertion(form.get('assertion') ?? '', `http://${request.headers.host}${tokenPath}`)
  const until = Math.floor(Date.now() / 1000) + longestSeconds
  const [status, answer] = email
    ? [200, { access_token: giveToken(email, until), expires_in: longestSeconds, token_type: 'Bearer' }]
    : [400, { error: problem ?? 'invalid_grant', error_description: 'Invalid JWT Signature.' }]
  response
    .writeHead(status as number, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(answer))
}

/** Whose word it is; null: nobody's. */
function readAssertion(assertion: string, endpoint: string): string | null {
  const [header = '', claims = '', signature = '', ...more] = assertion.split('.')
  const said = claimsSchema.safeParse(parse(claims))
  if (more.length > 0 || !headerSchema.safeParse(parse(header)).success || !said.success) return null
  const { iss, aud, scope: asked, iat, exp } = said.data
  const now = Date.now() / 1000
  const isTimely = Math.abs(now - iat) < longestSkewSeconds && exp > now && exp - iat <= longestSeconds
  const publicKey = publicKeyOf(iss)
  if (!isTimely || aud !== endpoint || asked !== scope || !publicKey) return null
  const isSigned = createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url')
  return isSigned ? iss : null
}

function parse(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return null
  }
}
