import { recordAudit } from '../audit/record-audit.ts'
import type { Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { maxNanos, type Nanos } from '../core/money.ts'
import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { readClock } from '../db/read-clock.ts'
import type { BudgetView } from './budget-view.ts'
import type { RaiseView } from './raise-view.ts'
import { selectRaises } from './select-raises.ts'

interface NewRaise {
  amountNanos: Nanos
  until: Date
  reason: string
}

const longestMs = 366 * 86_400_000

/** Raises a budget, whose counter follows in the same transaction. The caller has authorised. */
export async function insertRaise(
  tx: Transaction,
  member: Member,
  budget: BudgetView,
  raise: NewRaise,
): Promise<RaiseView> {
  const { organizationId, userId, actor } = member
  const now = await readClock(tx)
  if (raise.until <= now || raise.until.getTime() > now.getTime() + longestMs) {
    throw new StipendError('invalid_request_error', 'A raise ends in the future, and within a year.', {
      param: 'until',
    })
  }
  if (budget.limitNanos + budget.raisedNanos + raise.amountNanos > maxNanos) {
    throw new StipendError('invalid_request_error', 'This amount is too large.', { param: 'amountNanos' })
  }
  const id = newId()
  await tx.budgetRaise.create({
    data: { ...raise, id, organizationId, budgetId: budget.id, createdBy: userId, actor },
  })
  const [view] = await selectRaises(tx, organizationId, Prisma.sql`r.id = ${id}::uuid`)
  await recordAudit(tx, member, { action: 'budget.raise', targetId: budget.id, target: budget.scopeName, after: view! })
  return view!
}
