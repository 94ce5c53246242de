import { authorize, type Member, type Role } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'

export interface FormerMember {
  id: string
  email: string
  name: string
  /** That they had. */
  role: Role
  removedAt: Date
  /** That wait for them, paused when they left. */
  pausedKeys: number
}

/** Who belonged here once, the latest to leave first. */
export async function listFormerMembers(member: Member): Promise<FormerMember[]> {
  authorize(member, 'members.change')
  const { organizationId } = member
  return inTenant(
    organizationId,
    (tx) => tx.$queryRaw<FormerMember[]>`
      SELECT m.id, u.email, u.name, m.role::text AS role, m.removed_at AS "removedAt",
        (SELECT count(*)::int FROM keys k
         WHERE k.membership_id = m.id AND k.revoked_at IS NULL AND k.paused_at = m.removed_at) AS "pausedKeys"
      FROM memberships m
      JOIN users u ON u.id = m.user_id
      WHERE m.organization_id = ${organizationId}::uuid AND m.removed_at IS NOT NULL
      ORDER BY m.removed_at DESC, m.id
      LIMIT 100`,
  )
}
