'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { putBack } from '#lib/routing/put-back.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function putBackAction(organization: string, id: string) {
  return asActionResult(async () => {
    await putBack(await currentMember(organization), id)
    refresh()
    return null
  })
}
