import { insertAccessLink } from '../access-links/insert-access-link.ts'
import type { Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { inTenant, type Transaction } from '../db/in-tenant.ts'
import { isUniqueViolation } from '../db/is-unique-violation.ts'
import { insertKey } from '../keys/insert-key.ts'
import { insertMember } from '../members/insert-member.ts'
import { refuseHigherRole } from '../members/refuse-higher-role.ts'
import { newSecret } from '../secrets/new-secret.ts'
import { type ClassInput, type PlannedStudent, planClass } from './plan-class.ts'

export interface ClaimLink {
  name: string
  email: string
  keyId: string
  /** Shown here and never again. */
  token: string
  expiresAt: Date
}

/**
 * A key with a cap and a claim link for each line: all of them, or nothing when one line is wrong. People who are not
 * members become plain ones.
 */
export async function importClass(member: Member, input: ClassInput): Promise<ClaimLink[]> {
  return inTenant(member.organizationId, async (tx) => {
    const { students, problems } = await planClass(tx, member, input)
    if (problems.length > 0) {
      throw new StipendError('invalid_request_error', 'Nothing was imported: some lines are wrong.', {
        param: 'csv',
        facts: { problems },
      })
    }
    const links: ClaimLink[] = []
    for (const student of students) links.push(await admit(tx, member, student))
    return links
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error
    throw new StipendError(
      'conflict',
      'Somebody added one of these people meanwhile, and nothing was imported. Try again.',
    )
  })
}

async function admit(tx: Transaction, member: Member, student: PlannedStudent): Promise<ClaimLink> {
  const { name, email, projectId, models, cap, expiresAt: keyExpiresAt } = student
  if (student.member && !student.member.canSignIn) refuseHigherRole(member, student.member.role)
  const person = student.member ?? (await insertMember(tx, member, { name, email, role: 'member' }))
  // Nobody learns this secret; using the link makes another.
  const secret = newSecret('sk-stp-')
  const key = await insertKey(tx, member, {
    projectId,
    membershipId: person.id,
    models,
    budgets: [cap],
    fields: { name, expiresAt: keyExpiresAt },
    secret,
  })
  const { token, expiresAt } = await insertAccessLink(tx, member, person, key.id)
  return { name: person.name, email, keyId: key.id, token, expiresAt }
}
