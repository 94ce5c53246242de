'use server'

import type { NewModelDraft } from '#components/models/model-actions.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { createModel } from '#lib/models/create-model.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readPriceDraft } from './read-price-draft.ts'
import { readTokens } from './read-tokens.ts'

export async function createModelAction(organization: string, draft: NewModelDraft) {
  return asActionResult(async () => {
    const contextTokens = readTokens(draft.contextTokens, 'contextTokens')
    const { id } = await createModel(await currentMember(organization), {
      name: draft.name,
      deployments: [{ providerId: draft.providerId, upstreamModel: draft.upstreamModel }],
      price: draft.price && readPriceDraft(draft.price),
      maxOutputTokens: readTokens(draft.maxOutputTokens, 'maxOutputTokens'),
      ...(contextTokens !== null && { contextTokens }),
    })
    return { id }
  })
}
