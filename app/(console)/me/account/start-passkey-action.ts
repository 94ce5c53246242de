'use server'

import { startPasskey } from '#lib/two-factor/start-passkey.ts'
import { asActionResult } from '../../as-action-result.ts'
import { publicOrigin } from '../../public-origin.ts'
import { ownAccount } from './own-account.ts'

export async function startPasskeyAction(proof: string) {
  return asActionResult(async () => {
    const { user, address } = await ownAccount()
    return startPasskey(user, { secret: String(proof), address }, await publicOrigin())
  })
}
