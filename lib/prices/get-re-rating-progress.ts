import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'

export interface ReRatingProgress {
  /** Requests that it has charged. */
  done: number
  finishedAt: Date | null
}

/** How far a re-rating has come, as it stands in the books just now. Cheap: it is asked for again and again. */
export async function getReRatingProgress(member: Member, id: string): Promise<ReRatingProgress> {
  authorize(member, 'usage.read')
  if (!idSchema.safeParse(id).success) throw notFound('re-rating')
  const { organizationId } = member
  const found = await inTenant(organizationId, (tx) =>
    tx.reRating.findFirst({ where: { id, organizationId }, select: { requests: true, finishedAt: true } }),
  )
  if (!found) throw notFound('re-rating')
  return { done: found.requests, finishedAt: found.finishedAt }
}
