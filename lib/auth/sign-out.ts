'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { currentSessionId } from './current-session-id.ts'
import { endSession } from './end-session.ts'
import { isSecureRequest } from './is-secure-request.ts'
import { sessionCookie } from './session-cookie.ts'

/** Ends this browser's session and leads to the sign-in page. */
export async function signOut(): Promise<void> {
  const sessionId = await currentSessionId()
  if (sessionId) await endSession(sessionId)
  const [jar, head] = await Promise.all([cookies(), headers()])
  const { name, options } = sessionCookie(isSecureRequest(head.get('x-forwarded-proto')))
  jar.set(name, '', { ...options, maxAge: 0 })
  redirect('/sign-in')
}
