import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { closeAccessLinks } from './close-access-links.ts'
import { getMemberRow } from './get-member-row.ts'
import { holdMemberships } from './hold-memberships.ts'
import { viewOfMember } from './member-view.ts'
import { refuseHigherRole } from './refuse-higher-role.ts'
import { refuseLastOwner } from './refuse-last-owner.ts'

/** The person sees nothing here any more and the own keys are revoked. */
export async function removeMember(member: Member, id: string): Promise<void> {
  authorize(member, 'members.change')
  const { organizationId } = member
  await inTenant(organizationId, async (tx) => {
    await holdMemberships(tx, organizationId)
    const before = viewOfMember(await getMemberRow(tx, organizationId, id))
    refuseHigherRole(member, before.role)
    await refuseLastOwner(tx, organizationId, before.id)
    const now = new Date()
    await tx.membership.update({ where: { id: before.id, organizationId }, data: { removedAt: now } })
    await tx.key.updateMany({
      where: { organizationId, membershipId: before.id, revokedAt: null },
      data: { revokedAt: now, previousSecretHash: null, previousSecretUntil: null },
    })
    await tx.budget.updateMany({
      where: { organizationId, scope: 'member', scopeId: before.id, archivedAt: null },
      data: { archivedAt: now },
    })
    await closeAccessLinks(tx, organizationId, before.id)
    await recordAudit(tx, member, { action: 'member.remove', targetId: before.id, target: before.email, before })
  })
}
