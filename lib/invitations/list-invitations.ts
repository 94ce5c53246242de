import { authorize, type Member, type Role } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { memberParts, viewOfMember } from '../members/member-view.ts'

/** A member who has not come in yet, and the newest link with which they may. */
export interface InvitationView {
  /** The member's. */
  id: string
  email: string
  name: string
  role: Role
  createdAt: Date
  /** May be past. */
  expiresAt: Date
  /** Null: handed over as a link. */
  mailedAt: Date | null
}

/** What waits for its person, the newest first. Links that hand over a key belong to the import of a class. */
export async function listInvitations(member: Member): Promise<InvitationView[]> {
  authorize(member, 'members.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const waiting = await tx.membership.findMany({
      where: { organizationId, removedAt: null, user: { passwordHash: null, signedOnAt: null } },
      include: memberParts,
    })
    const links = await tx.accessLink.findMany({
      where: {
        organizationId,
        membershipId: { in: waiting.map(({ id }) => id) },
        keyId: null,
        usedAt: null,
        revokedAt: null,
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    })
    const members = new Map(waiting.map((row) => [row.id, viewOfMember(row)]))
    return links.flatMap(({ membershipId, createdAt, expiresAt, mailedAt }) => {
      const found = members.get(membershipId)
      if (!found) return []
      // Of several, which races could leave behind, the newest stands for the person.
      members.delete(membershipId)
      const { id, email, name, role } = found
      return [{ id, email, name, role, createdAt, expiresAt, mailedAt }]
    })
  })
}
