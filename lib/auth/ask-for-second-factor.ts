import { redirect } from 'next/navigation'
import type { SignedInMember } from './find-member.ts'
import { lacksSecondFactor } from './lacks-second-factor.ts'

/** Leads who has no second factor to where one is set up, if the organization wants one. */
export function askForSecondFactor(member: SignedInMember): void {
  if (lacksSecondFactor(member)) redirect('/me/account?wanted=second-factor')
}
