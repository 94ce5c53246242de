import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { notFound } from '../core/not-found.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant, type Transaction } from '../db/in-tenant.ts'
import { getMemberRow } from '../members/get-member-row.ts'
import { holdMemberships } from '../members/hold-memberships.ts'
import { type MemberView, viewOfMember } from '../members/member-view.ts'
import { refuseHigherRole } from '../members/refuse-higher-role.ts'
import { closeMembership } from './close-membership.ts'
import { type OffboardingInput, offboardingChoicesSchema } from './offboarding-choices.ts'
import type { OffboardingView } from './offboarding-view.ts'
import { selectOffboarding } from './select-offboarding.ts'

/**
 * Ends a membership and says what becomes of everything that hung on it, all of it or nothing. Answers what there was.
 * `reinstateMember` brings back what was paused.
 */
export async function offboardMember(member: Member, id: string, input: OffboardingInput): Promise<OffboardingView> {
  authorize(member, 'members.change')
  const choices = parseInput(offboardingChoicesSchema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    await holdMemberships(tx, organizationId)
    const view = await selectOffboarding(tx, organizationId, id)
    refuseHigherRole(member, view.member.role)
    // Who may not revoke them must choose to leave them.
    if (choices.managementKeys === 'revoke') for (const { role } of view.managementKeys) refuseHigherRole(member, role)
    const heir = await findHeir(tx, organizationId, choices.heirId)
    if (heir?.id === view.member.id) throw notFound('member', 'heirId')
    if (!heir && (choices.keys === 'transfer' || choices.budgets === 'transfer')) {
      throw new StipendError('invalid_request_error', 'Say who takes over.', { param: 'heirId' })
    }
    await closeMembership(tx, member, view, choices, heir)
    const left = { keys: view.keys.length, budgets: view.budgets.length, managementKeys: view.managementKeys.length }
    await recordAudit(tx, member, {
      action: 'member.offboard',
      targetId: view.member.id,
      target: view.member.email,
      before: { ...view.member, ...left },
      after: {
        keys: choices.keys,
        budgets: choices.budgets,
        managementKeys: choices.managementKeys,
        heir: heir?.email ?? null,
      },
    })
    return view
  })
}

async function findHeir(tx: Transaction, organizationId: string, id: string | null): Promise<MemberView | null> {
  if (id === null) return null
  return getMemberRow(tx, organizationId, id).then(viewOfMember, () => {
    throw notFound('member', 'heirId')
  })
}
