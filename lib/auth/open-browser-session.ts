import { cookies, headers } from 'next/headers'
import { currentSessionId } from './current-session-id.ts'
import { isSecureRequest } from './is-secure-request.ts'
import { sealSessionId } from './seal-session-id.ts'
import { cookieLifetimeSeconds, sessionCookie } from './session-cookie.ts'
import { startSession } from './start-session.ts'

/** Signs this browser in as a person who has proved who they are. Only in an action or a route handler. */
export async function openBrowserSession(userId: string): Promise<void> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const sessionId = await startSession(userId, await currentSessionId(), head.get('user-agent'))
  const { name, options } = sessionCookie(isSecureRequest(head.get('x-forwarded-proto')))
  jar.set(name, await sealSessionId(sessionId), { ...options, maxAge: cookieLifetimeSeconds })
}
