import { setTimeout as sleep } from 'node:timers/promises'
import { recordAudit } from '../audit/record-audit.ts'
import type { Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { readClock } from '../db/read-clock.ts'
import { type RatedRequest, rateAgain } from './rate-again.ts'
import type { ReRatingView } from './re-rating-view.ts'
import { viewReRatings } from './view-re-ratings.ts'

const mostPasses = 3
const mostTries = 4

/** Does what is left to do of a re-rating that is written down. The caller has authorised. */
export async function finishReRating(
  member: Member,
  {
    id,
    modelId,
    deploymentId,
    from,
    to,
    price,
  }: Pick<ReRatingView, 'id' | 'modelId' | 'deploymentId' | 'from' | 'to' | 'price'>,
): Promise<ReRatingView> {
  const { organizationId } = member
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
