'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { type CreateProviderInput, createProvider } from '#lib/providers/create-provider.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function createProviderAction(organization: string, input: CreateProviderInput) {
  return asActionResult(async () => {
    const { id } = await createProvider(await currentMember(organization), input)
    refresh()
    return { id }
  })
}
