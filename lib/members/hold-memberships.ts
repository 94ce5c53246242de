import type { Transaction } from '../db/in-tenant.ts'

/** Changes of membership go one after the other until the transaction ends, so that two owners cannot remove each other. */
export async function holdMemberships(tx: Transaction, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`
}
