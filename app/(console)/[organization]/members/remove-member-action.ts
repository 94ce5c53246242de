'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { removeMember } from '#lib/members/remove-member.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function removeMemberAction(organization: string, id: string) {
  return asActionResult(async () => {
    await removeMember(await currentMember(organization), id)
    refresh()
    return null
  })
}
