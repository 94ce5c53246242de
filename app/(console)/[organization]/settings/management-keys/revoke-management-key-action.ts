'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { revokeManagementKey } from '#lib/management-keys/revoke-management-key.ts'
import { asActionResult } from '../../../as-action-result.ts'

export async function revokeManagementKeyAction(organization: string, id: string) {
  return asActionResult(async () => {
    await revokeManagementKey(await currentMember(organization), id)
    refresh()
    return null
  })
}
