import { cookies, headers } from 'next/headers'
import { isSecureRequest } from './is-secure-request.ts'
import { openSessionId } from './open-session-id.ts'
import { sessionCookie } from './session-cookie.ts'

/** The session that this request's cookie names; whether it still lives is for its row to say. */
export async function currentSessionId(): Promise<string | null> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  return openSessionId(jar.get(sessionCookie(isSecureRequest(head.get('x-forwarded-proto'))).name)?.value)
}
