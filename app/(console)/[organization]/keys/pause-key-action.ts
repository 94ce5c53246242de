'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { pauseKey } from '#lib/keys/pause-key.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function pauseKeyAction(organization: string, id: string) {
  return asActionResult(async () => {
    await pauseKey(await currentMember(organization), id)
    refresh()
    return null
  })
}
