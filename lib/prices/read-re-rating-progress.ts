import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'

export interface ReRatingProgress {
  /** Requests that it has charged. */
  done: number
  /** Those of its span that do not name its price: yet to be looked at, or left as they are. Nothing once it is finished. */
  left: number
  finishedAt: Date | null
}

/** How far a re-rating has come, as it stands in the books just now. */
export async function readReRatingProgress(member: Member, id: string): Promise<ReRatingProgress> {
  authorize(member, 'usage.read')
  if (!idSchema.safeParse(id).success) throw notFound('re-rating')
  const { organizationId } = member
  const [found] = await inTenant(
    organizationId,
    (tx) => tx.$queryRaw<ReRatingProgress[]>`
      SELECT t.requests AS done, t.finished_at AS "finishedAt",
        CASE WHEN t.finished_at IS NOT NULL THEN 0 ELSE (
          SELECT count(*)::int FROM requests r
          WHERE r.organization_id = t.organization_id AND r.created_at >= t."from" AND r.created_at < t."to"
            AND r.price_id IS DISTINCT FROM t.price_id
            AND r.deployment_id IN (
              SELECT d.id FROM deployments d
              WHERE d.model_id = t.model_id AND (t.deployment_id IS NULL OR d.id = t.deployment_id))
        ) END AS "left"
      FROM re_ratings t
      WHERE t.organization_id = ${organizationId}::uuid AND t.id = ${id}::uuid`,
  )
  if (!found) throw notFound('re-rating')
  return found
}
