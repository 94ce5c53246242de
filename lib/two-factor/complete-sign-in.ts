import { headers } from 'next/headers'
import { findSecondStep } from '../auth/find-second-step.ts'
import { openBrowserSession } from '../auth/open-browser-session.ts'
import { remoteAddress } from '../auth/remote-address.ts'
import { takeChallenge } from '../auth/take-challenge.ts'
import { checkSecondFactor, type SecondFactorCheck } from './check-second-factor.ts'

export type SecondStepOutcome =
  | { outcome: 'signed_in' | 'expired' }
  | Exclude<SecondFactorCheck, { outcome: 'accepted' }>

/** The second step of a sign-in, by a code. For server actions. */
export async function completeSignIn(code: string): Promise<SecondStepOutcome> {
  const step = await findSecondStep()
  if (!step) return { outcome: 'expired' }
  const check = await checkSecondFactor(step.user, code, remoteAddress(await headers()))
  if (check.outcome !== 'accepted') return check
  // Of two browsers with the same cookie, one goes on.
  if (!(await takeChallenge(step.id, 'second_step'))) return { outcome: 'expired' }
  await openBrowserSession(step.user.id)
  return { outcome: 'signed_in' }
}
