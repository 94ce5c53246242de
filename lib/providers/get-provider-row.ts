import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Provider } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'

/** The live provider of this organization; throws `not_found`. `param` names the field of a body that held the id. */
export async function getProviderRow(
  tx: Transaction,
  organizationId: string,
  id: string,
  param?: string,
): Promise<Provider> {
  const row = idSchema.safeParse(id).success
    ? await tx.provider.findFirst({ where: { id, organizationId, archivedAt: null } })
    : null
  if (!row) throw notFound('provider', param)
  return row
}
