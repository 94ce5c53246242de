import { selectBudgets } from '../budgets/select-budgets.ts'
import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { selectKeys } from '../keys/select-keys.ts'
import { getMemberRow } from '../members/get-member-row.ts'
import { viewOfMember } from '../members/member-view.ts'
import type { OffboardingView } from './offboarding-view.ts'

/** More than any one person holds; a member with more is offboarded all the same. */
const mostKeys = 10_000

/** Reads what a member leaves behind; throws `not_found`. */
export async function selectOffboarding(tx: Transaction, organizationId: string, id: string): Promise<OffboardingView> {
  const member = viewOfMember(await getMemberRow(tx, organizationId, id))
  const keys = await selectKeys(tx, organizationId, {
    where: Prisma.sql`k.membership_id = ${member.id}::uuid AND k.revoked_at IS NULL`,
    orderBy: Prisma.sql`row.name, row.id`,
    limit: mostKeys,
  })
  const ofMember = Prisma.sql`b.scope = 'member' AND b.scope_id = ${member.id}::uuid`
  const budgets = await selectBudgets(tx, organizationId, ofMember)
  const managementKeys = await tx.managementKey.findMany({
    where: { organizationId, createdBy: member.userId, revokedAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, role: true },
  })
  const channels = await tx.alertChannel.findMany({
    where: { organizationId, archivedAt: null, recipients: { has: member.email } },
    orderBy: { name: 'asc' },
    select: { name: true },
  })
  const openAsks = await tx.budgetAsk.count({ where: { organizationId, membershipId: member.id, status: 'open' } })
  return { member, keys, budgets, managementKeys, channels: channels.map(({ name }) => name), openAsks }
}
