'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { archiveBudget } from '#lib/budgets/archive-budget.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function archiveBudgetAction(organization: string, id: string) {
  return asActionResult(async () => {
    await archiveBudget(await currentMember(organization), id)
    refresh()
    return null
  })
}
