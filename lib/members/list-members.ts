import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type MemberView, memberParts, viewOfMember } from './member-view.ts'

export async function listMembers(member: Member): Promise<MemberView[]> {
  authorize(member, 'members.read')
  const { organizationId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.membership.findMany({
      where: { organizationId, removedAt: null },
      include: memberParts,
      orderBy: [{ role: 'asc' }, { user: { email: 'asc' } }],
    }),
  )
  return rows.map(viewOfMember)
}
