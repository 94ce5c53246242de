import type { Transaction } from '../db/in-tenant.ts'
import { viewOfPrice } from './price-view.ts'
import type { ReRatingView } from './re-rating-view.ts'

const mostShown = 200

/** The newest first. */
export async function viewReRatings(
  tx: Transaction,
  organizationId: string,
  where: { id?: string | undefined; modelId?: string | undefined },
): Promise<ReRatingView[]> {
  const rows = await tx.reRating.findMany({
    where: { organizationId, ...(where.id && { id: where.id }), ...(where.modelId && { modelId: where.modelId }) },
    include: { model: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: mostShown,
  })
  const prices = await tx.price.findMany({ where: { organizationId, id: { in: rows.map(({ priceId }) => priceId) } } })
  const users = await tx.user.findMany({
    where: { id: { in: rows.flatMap(({ createdBy }) => createdBy ?? []) } },
    select: { id: true, name: true },
  })
  return rows.map((row) => ({
    id: row.id,
    modelId: row.modelId,
    modelName: row.model.name,
    deploymentId: row.deploymentId,
    from: row.from,
    to: row.to,
    reason: row.reason,
    price: viewOfPrice(prices.find(({ id }) => id === row.priceId)!),
    requests: row.requests,
    differenceNanos: row.differenceNanos,
    createdAt: row.createdAt,
    madeBy: users.find(({ id }) => id === row.createdBy)?.name ?? row.actor,
    finishedAt: row.finishedAt,
  }))
}
