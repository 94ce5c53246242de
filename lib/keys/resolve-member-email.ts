import { StipendError } from '../core/errors.ts'
import type { Transaction } from '../db/in-tenant.ts'

/** The membership of the person with this e-mail address; throws `invalid_request_error` when there is none. */
export async function resolveMemberEmail(tx: Transaction, organizationId: string, email: string): Promise<string> {
  const membership = await tx.membership.findFirst({
    where: { organizationId, removedAt: null, user: { email: email.toLowerCase() } },
  })
  if (membership) return membership.id
  throw new StipendError('invalid_request_error', `${email} is not a member of this organization. Add them first.`, {
    param: 'memberEmail',
  })
}
