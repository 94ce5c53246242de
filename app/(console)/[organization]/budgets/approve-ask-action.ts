'use server'

import { refresh } from 'next/cache'
import type { ApprovalDraft } from '#components/budgets/budget-actions.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { approveAsk } from '#lib/budgets/approve-ask.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readUsd } from '../../read-usd.ts'
import { readLastDay } from './read-last-day.ts'

export async function approveAskAction(organization: string, id: string, draft: ApprovalDraft) {
  return asActionResult(async () => {
    const member = await currentMember(organization)
    await approveAsk(member, id, {
      ...(draft.budgetId !== null && { budgetId: draft.budgetId }),
      amountNanos: readUsd(draft.amountUsd, 'amountNanos'),
      until: draft.lastDay === null ? null : readLastDay(draft.lastDay, member.organization.timeZone),
      note: draft.note,
    })
    refresh()
    return null
  })
}
