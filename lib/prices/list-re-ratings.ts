import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { ReRatingView } from './re-rating-view.ts'
import { viewReRatings } from './view-re-ratings.ts'

const schema = z.strictObject({ modelId: z.uuid().optional() })

export type ListReRatingsInput = z.input<typeof schema>

/** The newest first. */
export async function listReRatings(member: Member, input: ListReRatingsInput = {}): Promise<ReRatingView[]> {
  authorize(member, 'usage.read')
  const { modelId } = parseInput(schema, input)
  return inTenant(member.organizationId, (tx) => viewReRatings(tx, member.organizationId, { modelId }))
}
