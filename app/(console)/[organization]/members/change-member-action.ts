'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { type ChangeMemberInput, changeMember } from '#lib/members/change-member.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function changeMemberAction(organization: string, id: string, role: ChangeMemberInput['role']) {
  return asActionResult(async () => {
    await changeMember(await currentMember(organization), id, { role })
    refresh()
    return null
  })
}
