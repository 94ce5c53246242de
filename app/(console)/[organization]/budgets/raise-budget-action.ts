'use server'

import { refresh } from 'next/cache'
import type { RaiseDraft } from '#components/budgets/budget-actions.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { raiseBudget } from '#lib/budgets/raise-budget.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readUsd } from '../../read-usd.ts'
import { readLastDay } from './read-last-day.ts'

export async function raiseBudgetAction(organization: string, id: string, draft: RaiseDraft) {
  return asActionResult(async () => {
    const member = await currentMember(organization)
    await raiseBudget(member, id, {
      amountNanos: readUsd(draft.amountUsd, 'amountNanos'),
      until: readLastDay(draft.lastDay, member.organization.timeZone),
      reason: draft.reason,
    })
    refresh()
    return null
  })
}
