import type { AskActions, BudgetActions } from '#components/budgets/budget-actions.ts'
import type { SignedInMember } from '#lib/auth/find-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { approveAskAction } from './approve-ask-action.ts'
import { archiveBudgetAction } from './archive-budget-action.ts'
import { changeBudgetAction } from './change-budget-action.ts'
import { declineAskAction } from './decline-ask-action.ts'
import { endRaiseAction } from './end-raise-action.ts'
import { raiseBudgetAction } from './raise-budget-action.ts'

/** What this member may do to budgets; null: only look. */
export function budgetActionsOf(member: SignedInMember): (BudgetActions & AskActions) | null {
  if (!roleMay(member.role, 'budgets.change')) return null
  const { slug, timeZone } = member.organization
  return {
    change: changeBudgetAction.bind(null, slug),
    raise: raiseBudgetAction.bind(null, slug),
    endRaise: endRaiseAction.bind(null, slug),
    archive: archiveBudgetAction.bind(null, slug),
    approve: approveAskAction.bind(null, slug),
    decline: declineAskAction.bind(null, slug),
    mayChangeOrganization: roleMay(member.role, 'budgets.change_organization'),
    today: localDateOf(new Date(), timeZone),
    timeZone,
  }
}
