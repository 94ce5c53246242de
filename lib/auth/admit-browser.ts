import { cookies, headers } from 'next/headers'
import { encode } from 'next-auth/jwt'
import { createChallenge } from './create-challenge.ts'
import { hasSecondFactor } from './has-second-factor.ts'
import { isSecureRequest } from './is-secure-request.ts'
import { openBrowserSession } from './open-browser-session.ts'
import { sessionSecret } from './session-secret.ts'
import { stepCookie, stepLifetimeSeconds } from './step-cookie.ts'

export type BrowserAdmission = 'signed_in' | 'second_step'

/**
 * Lets this browser in for a person who has proved one thing: a password, a link, an account elsewhere. Who has set up a
 * second factor is asked for it first. Every way in but a passkey ends here. Only in an action or a route handler.
 */
export async function admitBrowser(userId: string): Promise<BrowserAdmission> {
  if (!(await hasSecondFactor(userId))) {
    await openBrowserSession(userId)
    return 'signed_in'
  }
  const stepId = await createChallenge({ kind: 'second_step', userId, lifetimeMs: stepLifetimeSeconds * 1000 })
  const [jar, head] = await Promise.all([cookies(), headers()])
  const { name, options } = stepCookie(isSecureRequest(head.get('x-forwarded-proto')))
  jar.set(name, await encode({ token: { stepId }, secret: sessionSecret(), maxAge: stepLifetimeSeconds }), options)
  return 'second_step'
}
