'use server'

import { refresh } from 'next/cache'
import { acknowledgeAlert } from '#lib/alerts/acknowledge-alert.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function acknowledgeAlertAction(organization: string, id: string) {
  return asActionResult(async () => {
    await acknowledgeAlert(await currentMember(organization), id)
    refresh()
    return null
  })
}
