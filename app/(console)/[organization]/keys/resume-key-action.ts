'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { resumeKey } from '#lib/keys/resume-key.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function resumeKeyAction(organization: string, id: string) {
  return asActionResult(async () => {
    await resumeKey(await currentMember(organization), id)
    refresh()
    return null
  })
}
