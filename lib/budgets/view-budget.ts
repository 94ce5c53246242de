import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { BudgetView } from './budget-view.ts'
import { selectBudgets } from './select-budgets.ts'

/** The live budget; throws `not_found`. */
export async function viewBudget(tx: Transaction, organizationId: string, id: string): Promise<BudgetView> {
  if (!idSchema.safeParse(id).success) throw notFound('budget')
  const [view] = await selectBudgets(tx, organizationId, Prisma.sql`b.id = ${id}::uuid`)
  if (!view) throw notFound('budget')
  return view
}
