import { recordAudit } from '../audit/record-audit.ts'
import type { Member, Role } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { getMemberRow } from './get-member-row.ts'
import { type MemberView, viewOfMember } from './member-view.ts'

export interface MemberToInsert {
  email: string
  /** Of a person who is new here; one whom Stipend knows keeps the own. */
  name: string
  role: Role
}

/** A new member, as part of a larger change; the caller has authorised. */
export async function insertMember(tx: Transaction, member: Member, given: MemberToInsert): Promise<MemberView> {
  const { email, name, role } = given
  const { organizationId } = member
  const userId = await ensureUser(tx, email, name)
  const current = await tx.membership.findFirst({ where: { organizationId, userId } })
  if (current && !current.removedAt) throw alreadyMember(email)
  const { id } = current
    ? await tx.membership.update({ where: { id: current.id, organizationId }, data: { role, removedAt: null } })
    : await tx.membership.create({ data: { id: newId(), organizationId, userId, role } })
  const view = viewOfMember(await getMemberRow(tx, organizationId, id))
  await recordAudit(tx, member, { action: 'member.create', targetId: id, target: email, after: view })
  return view
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

export function alreadyMember(email: string): StipendError {
  return new StipendError('conflict', `${email} is a member already.`, { param: 'email' })
}
