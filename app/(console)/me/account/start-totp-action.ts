'use server'

import { qrOf } from '#components/ui/qr-of.ts'
import { startTotp } from '#lib/two-factor/start-totp.ts'
import { asActionResult } from '../../as-action-result.ts'
import { ownAccount } from './own-account.ts'

export async function startTotpAction(proof: string) {
  return asActionResult(async () => {
    const { user, address } = await ownAccount()
    const { secret, uri } = await startTotp(user, { secret: String(proof), address })
    return { secret, qr: qrOf(uri) }
  })
}
