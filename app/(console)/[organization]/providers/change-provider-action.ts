'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { type ChangeProviderInput, changeProvider } from '#lib/providers/change-provider.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function changeProviderAction(organization: string, id: string, input: ChangeProviderInput) {
  return asActionResult(async () => {
    await changeProvider(await currentMember(organization), id, input)
    refresh()
    return { id }
  })
}
