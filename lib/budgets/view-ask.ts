import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { AskView } from './ask-view.ts'
import { selectAsks } from './select-asks.ts'

/** The ask, in whatever state; throws `not_found`. */
export async function viewAsk(tx: Transaction, organizationId: string, id: string): Promise<AskView> {
  const [view] = idSchema.safeParse(id).success
    ? await selectAsks(tx, organizationId, Prisma.sql`a.id = ${id}::uuid`)
    : []
  if (!view) throw notFound('ask')
  return view
}
