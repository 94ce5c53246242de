import { StipendError } from '../core/errors.ts'
import type { Permission } from './permissions.ts'
import { roleMay } from './permissions.ts'

export type Role = 'owner' | 'admin' | 'lead' | 'member' | 'viewer'

/** Who asks for an operation, in which organization: a signed-in person or a management key. */
export interface Member {
  organizationId: string
  /** Null for a management key. */
  userId: string | null
  membershipId: string | null
  role: Role
  /** For the audit log: "user:<email>" or "management_key:<name>". */
  actor: string
}

/** Throws `forbidden` unless the member's role has the permission. The first line of every operation. */
export function authorize(member: Member, permission: Permission): void {
  if (!roleMay(member.role, permission)) {
    throw new StipendError(
      'forbidden',
      `Your role (${member.role}) may not do this. Ask an owner or admin of the organization.`,
    )
  }
}
