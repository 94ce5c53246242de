'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { type CreateMemberInput, createMember } from '#lib/members/create-member.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function addMemberAction(organization: string, draft: CreateMemberInput) {
  return asActionResult(async () => {
    await createMember(await currentMember(organization), draft)
    refresh()
    return null
  })
}
