'use server'

import { refresh } from 'next/cache'
import { removePasskey } from '#lib/two-factor/remove-passkey.ts'
import { asActionResult } from '../../as-action-result.ts'
import { ownAccount } from './own-account.ts'

export async function removePasskeyAction(id: string, proof: string) {
  return asActionResult(async () => {
    const { user, address } = await ownAccount()
    await removePasskey(user, id, { secret: String(proof), address })
    refresh()
    return null
  })
}
