'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { declineAsk } from '#lib/budgets/decline-ask.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function declineAskAction(organization: string, id: string, note: string) {
  return asActionResult(async () => {
    await declineAsk(await currentMember(organization), id, { note })
    refresh()
    return null
  })
}
