import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { nanosSchema, noteSchema } from '../core/fields.ts'
import { maxNanos } from '../core/money.ts'
import { notFound } from '../core/not-found.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { AskView } from './ask-view.ts'
import { authorizeScope } from './authorize-scope.ts'
import { bindingBudgets } from './binding-budgets.ts'
import { decideAsk } from './decide-ask.ts'
import { insertRaise } from './insert-raise.ts'
import { viewAsk } from './view-ask.ts'

const schema = z.strictObject({
  /** Missing: the budget that can pay for the least. */
  budgetId: z.string().optional(),
  /** Missing: as much as was asked for. */
  amountNanos: nanosSchema.min(1n, 'A raise is more than 0').optional(),
  /** Null: the limit is raised for good. */
  until: z.date().nullable().default(null),
  note: noteSchema.default(''),
})

export type ApproveAskInput = z.input<typeof schema>

/** Raises a budget that binds the key, for good or for a while; in force for its next request. */
export async function approveAsk(member: Member, id: string, input: ApproveAskInput = {}): Promise<AskView> {
  authorize(member, 'budgets.change')
  const { budgetId, amountNanos, until, note } = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const before = await viewAsk(tx, organizationId, id)
    const binding = await bindingBudgets(tx, organizationId, before.keyId)
    if (budgetId === undefined && binding.length === 0) {
      throw new StipendError('conflict', 'Nothing limits this key any more.')
    }
    const budget = budgetId === undefined ? binding[0] : binding.find((one) => one.id === budgetId)
    if (!budget) throw notFound('budget', 'budgetId')
    authorizeScope(member, budget.scope)
    const grantedNanos = amountNanos ?? before.amountNanos
    const granted = { budgetId: budget.id, grantedNanos, until }
    const after = await decideAsk(tx, member, before, { status: 'approved', note, granted })
    if (until) {
      await insertRaise(tx, member, budget, { amountNanos: grantedNanos, until, reason: before.purpose })
    } else {
      const limitNanos = budget.limitNanos + grantedNanos
      if (limitNanos > maxNanos) {
        throw new StipendError('invalid_request_error', 'This amount is too large.', { param: 'amountNanos' })
      }
      // Added to what stands there now, so that two approvals at once count both.
      await tx.budget.update({
        where: { id: budget.id, organizationId },
        data: { limitNanos: { increment: grantedNanos } },
      })
    }
    await recordAudit(tx, member, {
      action: 'budget.approve_ask',
      targetId: before.keyId,
      target: before.keyName,
      before,
      after,
    })
    return after
  })
}
