import type { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { isUniqueViolation } from '../db/is-unique-violation.ts'
import { checkReRating } from './check-re-rating.ts'
import { finishReRating } from './finish-re-rating.ts'
import { insertPrice } from './insert-price.ts'
import type { PriceView } from './price-view.ts'
import { reRatingWithReasonSchema } from './re-rating-fields.ts'
import type { ReRatingView } from './re-rating-view.ts'
import { unitsInForce } from './units-in-force.ts'
import { viewReRatings } from './view-re-ratings.ts'

export type ReRateInput = z.input<typeof reRatingWithReasonSchema>

/**
 * Charges requests of the past by another price. Entries stay; the differences are adjustments, and budgets, hours and
 * what the requests show move with them, batch by batch. Sent again with the same id it does what is left to do.
 */
export async function reRate(member: Member, input: ReRateInput): Promise<ReRatingView> {
  authorize(member, 'models.change')
  const fields = parseInput(reRatingWithReasonSchema, input)
  const { modelId, deploymentId, from, to } = fields
  const { id, price } = await begin(member, { ...fields, id: fields.id ?? newId() })
  return finishReRating(member, { id, modelId, deploymentId, from, to, price })
}

/** Writes down what is to be done, before any of it is; or finds it written down. */
async function begin(
  member: Member,
  fields: z.output<typeof reRatingWithReasonSchema> & { id: string },
): Promise<{ id: string; price: PriceView }> {
  const { id, modelId, deploymentId, from, to, reason, units, ...rates } = fields
  const { organizationId, userId, actor } = member
  return inTenant(organizationId, async (tx) => {
    await checkReRating(tx, organizationId, { modelId, deploymentId, from, to })
    const [known] = await viewReRatings(tx, organizationId, { id })
    if (known) {
      const asked = { modelId, deploymentId, from, to, price: { ...rates, ...(units && { units }) } }
      if (!isSame(known, asked)) throw new StipendError('conflict', 'This id is of another re-rating.', { param: 'id' })
      return { id, price: known.price }
    }
    const version = await insertPrice(tx, member, {
      ...rates,
      units: units ?? (await unitsInForce(tx, organizationId, { modelId, deploymentId, to })),
      modelId,
      deploymentId,
      source: 'override',
      effectiveFrom: from,
      reRatingId: id,
    })
    await tx.reRating.create({
      data: {
        id,
        organizationId,
        modelId,
        deploymentId,
        priceId: version.id,
        from,
        to,
        reason,
        createdBy: userId,
        actor,
      },
    })
    return { id, price: version }
  }).catch((error: unknown) => {
    throw isUniqueViolation(error)
      ? new StipendError('conflict', 'This re-rating has just begun.', { param: 'id' })
      : error
  })
}

interface Asked extends Pick<ReRatingView, 'modelId' | 'deploymentId' | 'from' | 'to'> {
  price: object
}

function isSame(known: ReRatingView, asked: Asked): boolean {
  const text = ({ modelId, deploymentId, from, to, price }: Asked, names: string[]) =>
    JSON.stringify(
      [modelId, deploymentId, from, to, names.map((name) => (price as Record<string, unknown>)[name])],
      (_, value) => (typeof value === 'bigint' ? value.toString() : value),
    )
  const names = Object.keys(asked.price).sort()
  return text(known, names) === text(asked, names)
}
