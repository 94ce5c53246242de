'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { removeProvider } from '#lib/providers/remove-provider.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function removeProviderAction(organization: string, id: string) {
  return asActionResult(async () => {
    await removeProvider(await currentMember(organization), id)
    refresh()
    return null
  })
}
