import type { Member, Role } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { prisma } from '../db/prisma.ts'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'

// A key of the bootstrap is whatever its operator chose, so there is no checksum to go by: the hash alone decides.
const shape = /^mk-stp-[A-Za-z0-9]{20,200}$/

/** The member that a management key stands for; throws `invalid_api_key`. */
export async function authenticateManagementKey(secret: string): Promise<Member> {
  if (secret.startsWith('sk-stp-'))
    throw refusal('This key calls models. The management API takes one that starts with mk-stp-.')
  const rows = shape.test(secret) ? await findByHash(hashSecret(secret, environment().STIPEND_SECRET)) : []
  const [row] = rows
  if (!row)
    throw refusal('This management key is not valid. Check that you copied all of it and that it is not revoked.')
  return {
    organizationId: row.organizationId,
    userId: null,
    membershipId: null,
    role: row.role,
    actor: `management_key:${row.name}`,
  }
}

function findByHash(hash: Buffer): Promise<{ organizationId: string; name: string; role: Role }[]> {
  return prisma().$queryRaw`
    SELECT organization_id AS "organizationId", name, role::text AS role FROM find_management_key(${new Uint8Array(hash)})`
}

function refusal(message: string): StipendError {
  return new StipendError('invalid_api_key', message)
}
