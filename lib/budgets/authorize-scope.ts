import { authorize, type Member } from '../auth/member.ts'
import type { BudgetScope } from '../core/period.ts'

/** Who may change a key's budget need not be one who may change the organization's. */
export function authorizeScope(member: Member, scope: BudgetScope): void {
  authorize(member, scope === 'organization' ? 'budgets.change_organization' : 'budgets.change')
}
