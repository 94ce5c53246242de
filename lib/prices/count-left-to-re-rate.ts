import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'

/**
 * Requests of a re-rating's span that do not name its price: yet to be looked at, or left as they are. Reads them all, so
 * it is asked once where progress is asked for often.
 */
export async function countLeftToReRate(member: Member, id: string): Promise<number> {
  authorize(member, 'usage.read')
  const { organizationId } = member
  const [found] = await inTenant(
    organizationId,
    (tx) => tx.$queryRaw<{ left: number }[]>`
      SELECT count(*)::int AS "left"
      FROM re_ratings t JOIN requests r
        ON r.organization_id = t.organization_id AND r.created_at >= t."from" AND r.created_at < t."to"
        AND r.price_id IS DISTINCT FROM t.price_id
        AND r.deployment_id IN (
          SELECT d.id FROM deployments d
          WHERE d.model_id = t.model_id AND (t.deployment_id IS NULL OR d.id = t.deployment_id))
      WHERE t.organization_id = ${organizationId}::uuid AND t.id = ${id}::uuid AND t.finished_at IS NULL`,
  )
  return found!.left
}
