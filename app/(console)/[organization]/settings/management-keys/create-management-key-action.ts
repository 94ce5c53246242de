'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { type CreateManagementKeyInput, createManagementKey } from '#lib/management-keys/create-management-key.ts'
import { asActionResult } from '../../../as-action-result.ts'

export async function createManagementKeyAction(organization: string, draft: CreateManagementKeyInput) {
  return asActionResult(async () => {
    const { secret } = await createManagementKey(await currentMember(organization), draft)
    refresh()
    return { secret }
  })
}
