'use server'

import { z } from 'zod'
import type { PreviewFacts, ReRatingDraft } from '#components/re-ratings/re-rating-facts.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import { startOfDate } from '#lib/core/start-of-date.ts'
import { previewReRating } from '#lib/prices/preview-re-rating.ts'
import { asActionResult } from '../../../../as-action-result.ts'
import { readPriceDraft } from '../../read-price-draft.ts'
import { previewFactsOf } from './preview-facts-of.ts'

const schema = z.strictObject({
  deploymentId: z.string().nullable(),
  fromDay: z.iso.date(),
  toDay: z.iso.date(),
  price: z.unknown(),
})

const dayMs = 86_400_000
/** The database's clock decides what is past, and ours may be ahead of it. */
const skewMs = 10_000

export async function previewReRatingAction(organization: string, modelId: string, form: ReRatingDraft) {
  return asActionResult(async (): Promise<PreviewFacts> => {
    const member = await currentMember(organization)
    const { timeZone } = member.organization
    const { deploymentId, fromDay, toDay, price } = parseInput(schema, form)
    const dayAfter = new Date(Date.parse(`${toDay}T00:00:00Z`) + dayMs).toISOString().slice(0, 10)
    const isToday = toDay === localDateOf(new Date(), timeZone)
    const from = startOfDate(fromDay, timeZone)
    const to = isToday ? new Date(Date.now() - skewMs) : startOfDate(dayAfter, timeZone)
    const preview = await previewReRating(member, { ...readPriceDraft(price), modelId, deploymentId, from, to })
    return previewFactsOf(preview, { from, to })
  })
}
