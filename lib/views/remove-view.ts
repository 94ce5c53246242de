import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'

/** One's own. */
export async function removeView(member: Member, id: string): Promise<void> {
  authorize(member, 'requests.read_own')
  const { organizationId, membershipId } = member
  if (!membershipId || !idSchema.safeParse(id).success) throw notFound('view')
  const { count } = await inTenant(organizationId, (tx) =>
    tx.savedView.deleteMany({ where: { id, organizationId, membershipId } }),
  )
  if (count === 0) throw notFound('view')
}
