import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { AlertChannel } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'

export async function getChannelRow(tx: Transaction, organizationId: string, id: string): Promise<AlertChannel> {
  const isId = idSchema.safeParse(id).success
  const row = isId && (await tx.alertChannel.findFirst({ where: { id, organizationId, archivedAt: null } }))
  if (!row) throw notFound('channel')
  return row
}
