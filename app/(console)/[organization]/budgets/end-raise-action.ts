'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { endRaise } from '#lib/budgets/end-raise.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function endRaiseAction(organization: string, id: string) {
  return asActionResult(async () => {
    await endRaise(await currentMember(organization), id)
    refresh()
    return null
  })
}
