import type { Transaction } from '../db/in-tenant.ts'

/** Ends the open links of a member, whatever they are for; part of a change of the membership. */
export async function closeAccessLinks(tx: Transaction, organizationId: string, membershipId: string): Promise<number> {
  const { count } = await tx.accessLink.updateMany({
    where: { organizationId, membershipId, usedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    data: { revokedAt: new Date() },
  })
  return count
}
