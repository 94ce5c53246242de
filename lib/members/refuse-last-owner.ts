import { StipendError } from '../core/errors.ts'
import type { Transaction } from '../db/in-tenant.ts'

/** Throws `conflict` when nobody but this member owns the organization. */
export async function refuseLastOwner(tx: Transaction, organizationId: string, id: string): Promise<void> {
  const others = await tx.membership.count({
    where: { organizationId, role: 'owner', removedAt: null, NOT: { id } },
  })
  if (others > 0) return
  throw new StipendError('conflict', 'An organization keeps one owner at least. Make somebody else an owner first.')
}
