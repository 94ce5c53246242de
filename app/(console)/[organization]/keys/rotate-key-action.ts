'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { listCallableModels } from '#lib/keys/list-callable-models.ts'
import { rotateKey } from '#lib/keys/rotate-key.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function rotateKeyAction(organization: string, id: string, graceSeconds: number) {
  return asActionResult(async () => {
    const member = await currentMember(organization)
    const { name, secret } = await rotateKey(member, id, { graceSeconds })
    refresh()
    return { name, secret, models: await listCallableModels(member, id) }
  })
}
