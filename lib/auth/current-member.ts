import { notFound } from 'next/navigation'
import { cache } from 'react'
import { askForSecondFactor } from './ask-for-second-factor.ts'
import { currentUser } from './current-user.ts'
import { findMember, type SignedInMember } from './find-member.ts'

/**
 * Who asks, as a member of the organization in the URL. Signed out leads to the sign-in page; an organization that is
 * not one's own looks like one that does not exist. The first line of every page and action of an organization.
 */
export const currentMember = cache(async (organizationSlug: string): Promise<SignedInMember> => {
  const user = await currentUser(`/${organizationSlug}`)
  const member = (await findMember(user, organizationSlug)) ?? notFound()
  askForSecondFactor(member)
  return member
})
