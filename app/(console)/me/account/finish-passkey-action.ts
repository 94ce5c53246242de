'use server'

import { refresh } from 'next/cache'
import { finishPasskey, type PasskeyAnswer } from '#lib/two-factor/finish-passkey.ts'
import { asActionResult } from '../../as-action-result.ts'
import { publicOrigin } from '../../public-origin.ts'
import { ownAccount } from './own-account.ts'

export async function finishPasskeyAction(answer: PasskeyAnswer) {
  return asActionResult(async () => {
    const { user } = await ownAccount()
    const codes = await finishPasskey(user, answer, await publicOrigin())
    refresh()
    return codes
  })
}
