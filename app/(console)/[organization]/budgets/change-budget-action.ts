'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { changeBudget } from '#lib/budgets/change-budget.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readUsd } from '../../read-usd.ts'

export async function changeBudgetAction(organization: string, id: string, limitUsd: string, warnPercents: number[]) {
  return asActionResult(async () => {
    await changeBudget(await currentMember(organization), id, {
      limitNanos: readUsd(limitUsd, 'limitNanos'),
      warnPercents,
    })
    refresh()
    return null
  })
}
