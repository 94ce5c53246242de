'use server'

import { refresh } from 'next/cache'
import { removeTotp } from '#lib/two-factor/remove-totp.ts'
import { asActionResult } from '../../as-action-result.ts'
import { ownAccount } from './own-account.ts'

export async function removeTotpAction(proof: string) {
  return asActionResult(async () => {
    const { user, address } = await ownAccount()
    await removeTotp(user, { secret: String(proof), address })
    refresh()
    return null
  })
}
