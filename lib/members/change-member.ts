import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { closeAccessLinks } from './close-access-links.ts'
import { getMemberRow } from './get-member-row.ts'
import { holdMemberships } from './hold-memberships.ts'
import { type MemberView, viewOfMember } from './member-view.ts'
import { refuseHigherRole, rolesFromHighest } from './refuse-higher-role.ts'
import { refuseLastOwner } from './refuse-last-owner.ts'

const schema = z.strictObject({ role: z.enum(rolesFromHighest) })

export type ChangeMemberInput = z.input<typeof schema>

export async function changeMember(member: Member, id: string, input: ChangeMemberInput): Promise<MemberView> {
  authorize(member, 'members.change')
  const { role } = parseInput(schema, input)
  refuseHigherRole(member, role)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    await holdMemberships(tx, organizationId)
    const before = viewOfMember(await getMemberRow(tx, organizationId, id))
    refuseHigherRole(member, before.role)
    if (role !== 'owner') await refuseLastOwner(tx, organizationId, before.id)
    await tx.membership.update({ where: { id: before.id, organizationId }, data: { role } })
    // A link that was made for a lesser role must not open a higher one.
    if (role !== before.role) await closeAccessLinks(tx, organizationId, before.id)
    const after = { ...before, role }
    await recordAudit(tx, member, {
      action: 'member.change',
      targetId: before.id,
      target: before.email,
      before,
      after,
    })
    return after
  })
}
