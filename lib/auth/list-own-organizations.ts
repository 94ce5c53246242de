import { asUser } from '../db/as-user.ts'
import type { Role } from './member.ts'

export interface OwnOrganization {
  id: string
  slug: string
  name: string
  /** The person's there. */
  role: Role
}

/** The organizations that a person belongs to, the longest-standing first. */
export async function listOwnOrganizations(userId: string): Promise<OwnOrganization[]> {
  const memberships = await asUser(userId, (tx) =>
    tx.membership.findMany({
      where: { userId, removedAt: null },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { role: true, organization: { select: { id: true, slug: true, name: true } } },
    }),
  )
  return memberships.map(({ role, organization }) => ({ ...organization, role }))
}
