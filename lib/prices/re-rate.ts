import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { isUniqueViolation } from '../db/is-unique-violation.ts'
import { readClock } from '../db/read-clock.ts'
import { checkReRating } from './check-re-rating.ts'
import { insertPrice } from './insert-price.ts'
import type { PriceView } from './price-view.ts'
import { type RatedRequest, rateAgain } from './rate-again.ts'
import { reRatingWithReasonSchema } from './re-rating-fields.ts'
import type { ReRatingView } from './re-rating-view.ts'
import { unitsInForce } from './units-in-force.ts'
import { viewReRatings } from './view-re-ratings.ts'

export type ReRateInput = z.input<typeof reRatingWithReasonSchema>

const mostPasses = 3
const mostTries = 4

/**
 * Charges requests of the past by another price. Entries stay; the differences are adjustments, and budgets, hours and
 * what the requests show move with them, batch by batch. Sent again with the same id it does what is left to do.
 */
export async function reRate(member: Member, input: ReRateInput): Promise<ReRatingView> {
  authorize(member, 'models.change')
  const fields = parseInput(reRatingWithReasonSchema, input)
  const { modelId, deploymentId, from, to } = fields
  const { organizationId } = member
  const { id, price } = await begin(member, { ...fields, id: fields.id ?? newId() })
  // Requests that were on their way at the first look have come to their end at a later one.
  for (let pass = 0; pass < mostPasses; pass++) {
    let done = 0
    for await (const page of rateAgain({ organizationId, modelId, deploymentId, from, to, priceId: price.id }, price)) {
      done += await book(organizationId, id, page)
    }
    if (done === 0) break
  }
  return inTenant(organizationId, async (tx) => {
    const { count } = await tx.reRating.updateMany({
      where: { id, organizationId, finishedAt: null },
      data: { finishedAt: await readClock(tx) },
    })
    const [view] = await viewReRatings(tx, organizationId, { id })
    if (count > 0) {
      await recordAudit(tx, member, {
        action: 'price.re_rate',
        targetId: modelId,
        target: view!.modelName,
        after: view!,
      })
    }
    return view!
  })
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

/** One transaction. Whoever stood in the way is let pass, and the batch sent again. */
async function book(organizationId: string, id: string, page: RatedRequest[]): Promise<number> {
  const rated = page.filter(({ newNanos }) => newNanos !== null)
  if (rated.length === 0) return 0
  for (let tries = 1; ; tries++) {
    try {
      return await inTenant(organizationId, async (tx) => {
        const [row] = await tx.$queryRaw<[{ done: number }]>`
          SELECT ledger_re_rate(${id}::uuid, ${rated.map((one) => one.id)}::uuid[],
            ${rated.map((one) => one.createdAt)}::timestamptz[], ${rated.map((one) => one.oldNanos)}::bigint[],
            ${rated.map((one) => one.newNanos!)}::bigint[]) AS done`
        return row.done
      })
    } catch (error) {
      if (tries >= mostTries || !/40P01|40001|deadlock/.test(String(error))) throw error
      await sleep(50 * tries)
    }
  }
}
