import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { ReRatingView } from './re-rating-view.ts'
import { viewReRatings } from './view-re-ratings.ts'

export async function getReRating(member: Member, id: string): Promise<ReRatingView> {
  authorize(member, 'usage.read')
  if (!idSchema.safeParse(id).success) throw notFound('re-rating')
  const { organizationId } = member
  const [view] = await inTenant(organizationId, (tx) => viewReRatings(tx, organizationId, { id }))
  if (!view) throw notFound('re-rating')
  return view
}
