'use server'

import { refresh } from 'next/cache'
import { resendDelivery } from '#lib/alerts/resend-delivery.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function resendDeliveryAction(organization: string, id: string) {
  return asActionResult(async () => {
    await resendDelivery(await currentMember(organization), id)
    refresh()
    return null
  })
}
