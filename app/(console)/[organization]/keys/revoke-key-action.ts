'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { revokeKey } from '#lib/keys/revoke-key.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function revokeKeyAction(organization: string, id: string) {
  return asActionResult(async () => {
    await revokeKey(await currentMember(organization), id)
    refresh()
    return null
  })
}
