'use server'

import { refresh } from 'next/cache'
import type { BudgetDraft } from '#components/budgets/budget-actions.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readUsd } from '../../read-usd.ts'

export async function createBudgetAction(organization: string, draft: BudgetDraft) {
  return asActionResult(async () => {
    const { scope, scopeId, period, model, tag } = draft
    await createBudget(await currentMember(organization), {
      scope,
      ...(scopeId !== null && { scopeId }),
      period,
      model,
      tag,
      limitNanos: readUsd(draft.limitUsd, 'limitNanos'),
    })
    refresh()
    return null
  })
}
