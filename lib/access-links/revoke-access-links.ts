import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { closeAccessLinks } from '../members/close-access-links.ts'
import { getMemberRow } from '../members/get-member-row.ts'
import { viewOfMember } from '../members/member-view.ts'
import { refuseHigherRole } from '../members/refuse-higher-role.ts'

/** No link that was made for this member opens any more. Returns how many did. */
export async function revokeAccessLinks(member: Member, id: string): Promise<number> {
  authorize(member, 'members.change')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const target = viewOfMember(await getMemberRow(tx, organizationId, id))
    refuseHigherRole(member, target.role)
    const count = await closeAccessLinks(tx, organizationId, target.id)
    if (count > 0) {
      await recordAudit(tx, member, {
        action: 'access_link.revoke',
        targetId: target.id,
        target: target.email,
        before: { open: count },
        after: { open: 0 },
      })
    }
    return count
  })
}
