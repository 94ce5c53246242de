import type { Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type ClassInput, type ClassPlan, planClass } from './plan-class.ts'

/** What `importClass` would do; changes nothing. */
export function previewClass(member: Member, input: ClassInput): Promise<ClassPlan> {
  return inTenant(member.organizationId, (tx) => planClass(tx, member, input))
}
