import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { nameSchema } from '../core/fields.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant, type Transaction } from '../db/in-tenant.ts'
import { isUniqueViolation } from '../db/is-unique-violation.ts'
import { getMemberRow } from './get-member-row.ts'
import { type MemberView, viewOfMember } from './member-view.ts'
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
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const userId = await ensureUser(tx, email, name)
    const current = await tx.membership.findFirst({ where: { organizationId, userId } })
    if (current && !current.removedAt) throw alreadyMember(email)
    const { id } = current
      ? await tx.membership.update({ where: { id: current.id, organizationId }, data: { role, removedAt: null } })
      : await tx.membership.create({ data: { id: newId(), organizationId, userId, role } })
    const view = viewOfMember(await getMemberRow(tx, organizationId, id))
    await recordAudit(tx, member, { action: 'member.create', targetId: id, target: email, after: view })
    return view
  }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? alreadyMember(email) : error
  })
}

/** People stand outside of the organizations: this one may already belong to another. */
async function ensureUser(tx: Transaction, email: string, name: string): Promise<string> {
  const [known] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM find_user_by_email(${email})`
  if (known) return known.id
  const id = newId()
  await tx.$queryRaw`SELECT set_config('stipend.user_id', ${id}, true)`
  await tx.user.create({ data: { id, email, name } })
  return id
}

function alreadyMember(email: string): StipendError {
  return new StipendError('conflict', `${email} is a member already.`, { param: 'email' })
}
