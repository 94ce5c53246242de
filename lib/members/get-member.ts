import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getMemberRow } from './get-member-row.ts'
import { type MemberView, viewOfMember } from './member-view.ts'

export async function getMember(member: Member, id: string): Promise<MemberView> {
  authorize(member, 'members.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => viewOfMember(await getMemberRow(tx, organizationId, id)))
}
