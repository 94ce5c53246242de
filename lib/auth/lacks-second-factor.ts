import type { SignedInMember } from './find-member.ts'

/** Whether the organization wants a second factor that this person has not set up. */
export function lacksSecondFactor({ user, organization }: SignedInMember): boolean {
  return organization.requiresSecondFactor && !user.hasSecondFactor
}
