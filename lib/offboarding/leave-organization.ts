import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { inTenant } from '../db/in-tenant.ts'
import { holdMemberships } from '../members/hold-memberships.ts'
import { closeMembership } from './close-membership.ts'
import { offboardingChoicesSchema } from './offboarding-choices.ts'
import { selectOffboarding } from './select-offboarding.ts'

/** One's own place ends: the own keys pause, programs that one made keys for go on. The last owner stays. */
export async function leaveOrganization(member: Member): Promise<void> {
  authorize(member, 'organization.read')
  const { organizationId, membershipId } = member
  if (!membershipId) throw new StipendError('forbidden', 'A management key belongs to its organization.')
  await inTenant(organizationId, async (tx) => {
    await holdMemberships(tx, organizationId)
    const view = await selectOffboarding(tx, organizationId, membershipId)
    const choices = offboardingChoicesSchema.parse({ managementKeys: 'keep' })
    await closeMembership(tx, member, view, choices, null)
    await recordAudit(tx, member, {
      action: 'member.leave',
      targetId: membershipId,
      target: view.member.email,
      before: { ...view.member, keys: view.keys.length, budgets: view.budgets.length },
    })
  })
}
