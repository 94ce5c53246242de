'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { askForMore } from '#lib/budgets/ask-for-more.ts'
import { asActionResult } from '../as-action-result.ts'
import { readUsd } from '../read-usd.ts'

export async function askForMoreAction(
  organization: string,
  draft: { keyId: string; amountUsd: string; purpose: string },
) {
  return asActionResult(async () => {
    const { keyId, amountUsd, purpose } = draft
    await askForMore(await currentMember(organization), {
      keyId,
      amountNanos: readUsd(amountUsd, 'amountNanos'),
      purpose,
    })
    refresh()
    return null
  })
}
