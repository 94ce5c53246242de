import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { nameSchema } from '../core/fields.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { isUniqueViolation } from '../db/is-unique-violation.ts'
import { alreadyMember, insertMember } from './insert-member.ts'
import type { MemberView } from './member-view.ts'
import { refuseHigherRole, rolesFromHighest } from './refuse-higher-role.ts'

const schema = z.strictObject({
  email: z.email('Write an e-mail address').transform((email) => email.toLowerCase()),
  /** Of a person who is new here; one whom Stipend knows keeps the own. */
  name: nameSchema,
  role: z.enum(rolesFromHighest).default('member'),
})

export type CreateMemberInput = z.input<typeof schema>

/** Adds a person, who can own keys from now on. Nobody but the person sets a password: that is for the invitation. */
export async function createMember(member: Member, input: CreateMemberInput): Promise<MemberView> {
  authorize(member, 'members.change')
  const { email, name, role } = parseInput(schema, input)
  refuseHigherRole(member, role)
  return inTenant(member.organizationId, (tx) => insertMember(tx, member, { email, name, role })).catch(
    (error: unknown) => {
      throw isUniqueViolation(error) ? alreadyMember(email) : error
    },
  )
}
