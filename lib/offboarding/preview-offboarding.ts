import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseHigherRole } from '../members/refuse-higher-role.ts'
import type { OffboardingView } from './offboarding-view.ts'
import { selectOffboarding } from './select-offboarding.ts'

/** What a member would leave behind. Changes nothing. */
export async function previewOffboarding(member: Member, id: string): Promise<OffboardingView> {
  authorize(member, 'members.change')
  const { organizationId } = member
  const view = await inTenant(organizationId, (tx) => selectOffboarding(tx, organizationId, id))
  refuseHigherRole(member, view.member.role)
  return view
}
