import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { holdReservations } from '../budgets/hold-reservations.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getMemberRow } from '../members/get-member-row.ts'
import { holdMemberships } from '../members/hold-memberships.ts'
import { type MemberView, viewOfMember } from '../members/member-view.ts'
import { refuseHigherRole } from '../members/refuse-higher-role.ts'

/** Brings a former member back with the role they had, the keys that paused and the budgets that ended when they left. */
export async function reinstateMember(member: Member, id: string): Promise<MemberView> {
  authorize(member, 'members.change')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    await holdMemberships(tx, organizationId)
    const row = idSchema.safeParse(id).success
      ? await tx.membership.findFirst({ where: { id, organizationId, NOT: { removedAt: null } } })
      : null
    if (!row?.removedAt) throw notFound('former member')
    refuseHigherRole(member, row.role)
    const { removedAt } = row
    await tx.membership.update({ where: { id, organizationId }, data: { removedAt: null } })
    const keys = await tx.key.updateManyAndReturn({
      where: { organizationId, membershipId: id, pausedAt: removedAt, revokedAt: null },
      data: { pausedAt: null, pauseReason: null },
    })
    for (const key of keys) {
      const change = { before: { pausedAt: removedAt }, after: { pausedAt: null } }
      await recordAudit(tx, member, { action: 'key.resume', targetId: key.id, target: key.name, ...change })
    }
    const view = viewOfMember(await getMemberRow(tx, organizationId, id))
    await holdReservations(tx, organizationId)
    const budgets = await tx.budget.updateManyAndReturn({
      where: { organizationId, scope: 'member', scopeId: id, archivedAt: removedAt },
      data: { archivedAt: null },
    })
    for (const { id: targetId, period, limitNanos } of budgets) {
      const change = { before: { archivedAt: removedAt }, after: { archivedAt: null, period, limitNanos } }
      await recordAudit(tx, member, { action: 'budget.restore', targetId, target: view.name, ...change })
    }
    await recordAudit(tx, member, {
      action: 'member.reinstate',
      targetId: id,
      target: view.email,
      before: { removedAt },
      after: { role: view.role, keys: keys.length, budgets: budgets.length },
    })
    return view
  })
}
