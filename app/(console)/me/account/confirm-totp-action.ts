'use server'

import { refresh } from 'next/cache'
import { confirmTotp } from '#lib/two-factor/confirm-totp.ts'
import { asActionResult } from '../../as-action-result.ts'
import { ownAccount } from './own-account.ts'

export async function confirmTotpAction(code: string) {
  return asActionResult(async () => {
    const { user } = await ownAccount()
    const codes = await confirmTotp(user, String(code))
    refresh()
    return codes
  })
}
