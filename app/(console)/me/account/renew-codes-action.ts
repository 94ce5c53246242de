'use server'

import { refresh } from 'next/cache'
import { renewRecoveryCodes } from '#lib/two-factor/renew-recovery-codes.ts'
import { asActionResult } from '../../as-action-result.ts'
import { ownAccount } from './own-account.ts'

export async function renewCodesAction(proof: string) {
  return asActionResult(async () => {
    const { user, address } = await ownAccount()
    const codes = await renewRecoveryCodes(user, { secret: String(proof), address })
    refresh()
    return codes
  })
}
