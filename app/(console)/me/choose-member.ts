import { notFound, redirect } from 'next/navigation'
import { askForSecondFactor } from '#lib/auth/ask-for-second-factor.ts'
import { currentUser } from '#lib/auth/current-user.ts'
import { findMember, type SignedInMember } from '#lib/auth/find-member.ts'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'

/** Who asks for their own page, in the organization that the URL names or else the one they have been in longest. */
export async function chooseMember(organization: string | undefined): Promise<SignedInMember> {
  const member = await memberOfAccount(organization)
  askForSecondFactor(member)
  return member
}

/** The same for the page of the account, where an organization's wish for a second factor is met. */
export async function memberOfAccount(organization?: string): Promise<SignedInMember> {
  const user = await currentUser('/me')
  const [first] = await listOwnOrganizations(user.id)
  // Somebody who belongs nowhere is told so on the start page.
  if (!first) redirect('/')
  return (await findMember(user, organization ?? first.slug)) ?? notFound()
}
