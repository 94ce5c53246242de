import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getMemberRow } from '../members/get-member-row.ts'
import { viewOfMember } from '../members/member-view.ts'
import { refuseHigherRole } from '../members/refuse-higher-role.ts'
import { insertAccessLink, type NewAccessLink } from './insert-access-link.ts'

/**
 * A one-time link with which a member comes in: it sets the password, the first or a new one. Not for a person who is
 * known to another organization, too: who makes the link could use it to get in there.
 */
export async function createAccessLink(member: Member, id: string): Promise<NewAccessLink> {
  authorize(member, 'members.change')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const target = viewOfMember(await getMemberRow(tx, organizationId, id))
    refuseHigherRole(member, target.role)
    const [{ elsewhere } = { elsewhere: true }] = await tx.$queryRaw<{ elsewhere: boolean }[]>`
      SELECT is_known_elsewhere(${target.userId}::uuid, ${organizationId}::uuid) AS elsewhere`
    if (elsewhere) {
      throw new StipendError(
        'conflict',
        `${target.email} has an account that another organization shares. It is not yours to open: they sign in with it.`,
      )
    }
    return insertAccessLink(tx, member, target)
  })
}
