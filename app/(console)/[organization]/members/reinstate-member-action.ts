'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { reinstateMember } from '#lib/offboarding/reinstate-member.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function reinstateMemberAction(organization: string, id: string) {
  return asActionResult(async () => {
    await reinstateMember(await currentMember(organization), id)
    refresh()
    return null
  })
}
