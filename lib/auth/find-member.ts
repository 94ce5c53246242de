import { asUser } from '../db/as-user.ts'
import type { SignedInUser } from './find-signed-in-user.ts'
import type { Member } from './member.ts'

interface MemberOrganization {
  id: string
  slug: string
  name: string
  timeZone: string
  locale: string
  /** Its pages open only to who has a second factor. */
  requiresSecondFactor: boolean
}

/** A signed-in person in one of the own organizations. */
export interface SignedInMember extends Member {
  userId: string
  membershipId: string
  user: SignedInUser
  organization: MemberOrganization
}

/** The person's place in the organization with this slug; null where there is none, or no longer. */
export async function findMember(user: SignedInUser, organizationSlug: string): Promise<SignedInMember | null> {
  const membership = await asUser(user.id, (tx) =>
    tx.membership.findFirst({
      where: { userId: user.id, removedAt: null, organization: { slug: organizationSlug } },
      select: {
        id: true,
        role: true,
        organization: {
          select: { id: true, slug: true, name: true, timeZone: true, locale: true, requiresSecondFactor: true },
        },
      },
    }),
  )
  if (!membership) return null
  return {
    organizationId: membership.organization.id,
    userId: user.id,
    membershipId: membership.id,
    role: membership.role,
    actor: `user:${user.email}`,
    user,
    organization: membership.organization,
  }
}
