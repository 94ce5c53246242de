import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { idSchema } from '../core/ids.ts'
import { inTenant } from '../db/in-tenant.ts'
import { orUnavailable } from '../db/or-unavailable.ts'
import { pool } from '../db/pool.ts'
import { type Caller, callerOf } from './caller-of.ts'
import { findCallerRow } from './find-caller-row.ts'

/**
 * The caller that a member is with one of the own keys, without its secret, which nobody here knows. Keys of others stay
 * closed to everybody, whatever their role: what they pay for is their owners'.
 */
export async function authenticateOwnKey(member: Member, keyId: string): Promise<Caller> {
  authorize(member, 'keys.use_own')
  const { organizationId, membershipId } = member
  const row = await orUnavailable(() => findOwnRow(organizationId, membershipId, keyId))
  if (!row) throw new StipendError('invalid_api_key', 'This key is not one of yours. Choose another one.')
  return callerOf(row)
}

async function findOwnRow(organizationId: string, membershipId: string | null, keyId: string) {
  if (membershipId === null || !idSchema.safeParse(keyId).success) return null
  const key = await inTenant(organizationId, (tx) =>
    tx.key.findFirst({ where: { id: keyId, organizationId, membershipId }, select: { secretHash: true } }),
  )
  return key && (await findCallerRow(pool(), key.secretHash))
}
