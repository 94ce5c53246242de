'use server'

import { refresh } from 'next/cache'
import type { Patience } from '#components/routing/patience.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { changeModel } from '#lib/models/change-model.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function changePatienceAction(organization: string, modelId: string, patience: Patience) {
  return asActionResult(async () => {
    const { connectTimeoutMs, firstTokenTimeoutMs, idleTimeoutMs, totalTimeoutMs, maxAttempts, isContinued } = patience
    const fields = { connectTimeoutMs, firstTokenTimeoutMs, idleTimeoutMs, totalTimeoutMs, maxAttempts, isContinued }
    await changeModel(await currentMember(organization), modelId, fields)
    refresh()
    return null
  })
}
