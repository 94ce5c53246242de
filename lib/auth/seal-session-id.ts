import { encode } from 'next-auth/jwt'
import { cookieLifetimeSeconds } from './session-cookie.ts'
import { sessionSecret } from './session-secret.ts'

/** The value of the session cookie: an encrypted token that holds the session's id and nothing else. */
export function sealSessionId(sessionId: string): Promise<string> {
  return encode({ token: { sessionId }, secret: sessionSecret(), maxAge: cookieLifetimeSeconds })
}
