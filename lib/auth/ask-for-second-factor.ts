import { redirect } from 'next/navigation'
import type { SignedInMember } from './find-member.ts'

/** Leads who has no second factor to where one is set up, if the organization wants one. */
export function askForSecondFactor({ user, organization }: SignedInMember): void {
  if (organization.requiresSecondFactor && !user.hasSecondFactor) redirect('/me/account?wanted=second-factor')
}
