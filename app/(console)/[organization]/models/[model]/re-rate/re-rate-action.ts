'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import type { ReRatingOrder } from '#components/re-ratings/re-rating-facts.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import { reRate } from '#lib/prices/re-rate.ts'
import { asActionResult } from '../../../../as-action-result.ts'
import { readPriceDraft } from '../../read-price-draft.ts'

const schema = z.strictObject({
  id: z.string(),
  deploymentId: z.string().nullable(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  price: z.unknown(),
  reason: z.string(),
})

export async function reRateAction(organization: string, modelId: string, order: ReRatingOrder) {
  return asActionResult(async () => {
    const { id, deploymentId, from, to, price, reason } = parseInput(schema, order)
    try {
      const { requests } = await reRate(await currentMember(organization), {
        ...readPriceDraft(price),
        id,
        modelId,
        deploymentId,
        from: new Date(from),
        to: new Date(to),
        reason,
      })
      return { requests }
    } finally {
      // One that was cut off stands in the history, where it can be gone on with.
      refresh()
    }
  })
}
