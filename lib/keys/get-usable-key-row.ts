import { StipendError } from '../core/errors.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Key } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'

/** The key for a change, locked; throws `not_found`, or `conflict` when it is revoked: that is for good. */
export async function getUsableKeyRow(tx: Transaction, organizationId: string, id: string): Promise<Key> {
  if (!idSchema.safeParse(id).success) throw notFound('key')
  await tx.$queryRaw`SELECT FROM keys WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  const row = await tx.key.findFirst({ where: { id, organizationId } })
  if (!row) throw notFound('key')
  if (row.revokedAt) throw new StipendError('conflict', 'This key has been revoked for good. Make a new one.')
  return row
}
