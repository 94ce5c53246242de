import type { Member, Role } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'

export const rolesFromHighest = ['owner', 'admin', 'lead', 'member', 'viewer'] as const satisfies readonly Role[]

/** Throws `forbidden` when somebody would give, take or hold a role above the own one. */
export function refuseHigherRole(member: Member, role: Role): void {
  if (rolesFromHighest.indexOf(role) >= rolesFromHighest.indexOf(member.role)) return
  throw new StipendError('forbidden', `Only somebody with the role ${role} may do this. Your role is ${member.role}.`)
}
