import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'

/** One's own. */
export async function removeView(member: Member, id: string): Promise<void> {
  authorize(member, 'requests.read_own')
  const { organizationId, membershipId } = member
  if (!membershipId || !idSchema.safeParse(id).success) throw notFound('view')
  await inTenant(organizationId, async (tx) => {
    const [view] = await tx.$queryRaw<{ name: string; query: string; isShared: boolean }[]>`
      DELETE FROM saved_views
      WHERE id = ${id}::uuid AND organization_id = ${organizationId}::uuid AND membership_id = ${membershipId}::uuid
      RETURNING name, query, is_shared AS "isShared"`
    if (!view) throw notFound('view')
    await recordAudit(tx, member, { action: 'view.remove', targetId: id, target: view.name, before: view })
  })
}
