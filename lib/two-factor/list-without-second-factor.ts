import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { listMembers } from '../members/list-members.ts'
import type { MemberView } from '../members/member-view.ts'

/** The members who have set up no second factor, and how many members there are. */
export async function listWithoutSecondFactor(member: Member): Promise<{ without: MemberView[]; memberCount: number }> {
  authorize(member, 'organization.change')
  const { organizationId } = member
  const [members, rows] = await Promise.all([
    listMembers(member),
    inTenant(
      organizationId,
      (tx) => tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM memberships
        WHERE organization_id = ${organizationId}::uuid AND removed_at IS NULL AND NOT has_second_factor(user_id)`,
    ),
  ])
  const ids = new Set(rows.map(({ id }) => id))
  return { without: members.filter(({ id }) => ids.has(id)), memberCount: members.length }
}
