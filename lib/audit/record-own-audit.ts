import type { Transaction } from '../db/in-tenant.ts'
import { recordAudit } from './record-audit.ts'

/**
 * Writes what a person changed about the own account to the log of every organization they belong to: each of them
 * relies on it. The transaction sees what belongs to the person (`asUser`), and its tenant, if any, is as before afterwards.
 */
export async function recordOwnAudit(
  tx: Transaction,
  user: { id: string; email: string },
  action: `account.${string}`,
  change: { before?: object; after?: object },
): Promise<void> {
  const [{ tenant }] = await tx.$queryRaw<[{ tenant: string }]>`
    SELECT coalesce(current_setting('stipend.organization_id', true), '') AS tenant`
  const memberships = await tx.membership.findMany({
    where: { userId: user.id, removedAt: null },
    select: { id: true, organizationId: true, role: true },
    orderBy: { id: 'asc' },
  })
  for (const { id: membershipId, organizationId, role } of memberships) {
    await tx.$queryRaw`SELECT set_config('stipend.organization_id', ${organizationId}, true)`
    const person = { organizationId, userId: user.id, membershipId, role, actor: `user:${user.email}` }
    await recordAudit(tx, person, { action, targetId: membershipId, target: user.email, ...change })
  }
  await tx.$queryRaw`SELECT set_config('stipend.organization_id', ${tenant}, true)`
}
