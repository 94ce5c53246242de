'use server'

import { refresh } from 'next/cache'
import type { ModelLimitsDraft } from '#components/models/model-actions.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { changeModel } from '#lib/models/change-model.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readTokens } from './read-tokens.ts'

export async function changeModelAction(organization: string, id: string, draft: ModelLimitsDraft) {
  return asActionResult(async () => {
    const { name } = await changeModel(await currentMember(organization), id, {
      name: draft.name,
      maxOutputTokens: readTokens(draft.maxOutputTokens, 'maxOutputTokens'),
      contextTokens: readTokens(draft.contextTokens, 'contextTokens'),
    })
    refresh()
    return { name }
  })
}
