import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type AskView, askStatuses } from './ask-view.ts'
import { selectAsks } from './select-asks.ts'

const schema = z.strictObject({
  status: z.enum(askStatuses).optional(),
  keyId: z.uuid().optional(),
  membershipId: z.uuid().optional(),
})

export type ListAsksInput = z.input<typeof schema>

const mostShown = 500

/** What is open first, then the newest. Who may not read budgets reads the own asks. */
export async function listAsks(member: Member, input: ListAsksInput = {}): Promise<AskView[]> {
  authorize(member, 'keys.read_own')
  const { status, keyId, membershipId } = parseInput(schema, input)
  const where = [
    roleMay(member.role, 'projects.read') ? null : Prisma.sql`a.membership_id = ${member.membershipId}::uuid`,
    status ? Prisma.sql`a.status = ${status}` : null,
    keyId ? Prisma.sql`a.key_id = ${keyId}::uuid` : null,
    membershipId ? Prisma.sql`a.membership_id = ${membershipId}::uuid` : null,
    Prisma.sql`true`,
  ].filter((part) => part !== null)
  const { organizationId } = member
  return inTenant(organizationId, (tx) => selectAsks(tx, organizationId, Prisma.join(where, ' AND '), mostShown))
}
