import type { Transaction } from '../db/in-tenant.ts'

/**
 * Waits for the organization's reservations that are on their way, and lets no other begin until the transaction ends. For
 * whoever makes a budget of a scope that exists, before it locks anything of the ledger: what is in flight then counts in
 * the new budget, and whatever comes later is bound by it.
 */
export async function holdReservations(tx: Transaction, organizationId: string): Promise<void> {
  await tx.$executeRaw`SELECT hold_reservations(${organizationId}::uuid)`
}
