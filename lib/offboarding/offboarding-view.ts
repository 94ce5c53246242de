import type { Role } from '../auth/member.ts'
import type { BudgetView } from '../budgets/budget-view.ts'
import type { KeySummary } from '../keys/key-view.ts'
import type { MemberView } from '../members/member-view.ts'

/** What somebody leaves behind. */
export interface OffboardingView {
  member: MemberView
  /** Those that are not revoked. */
  keys: KeySummary[]
  /** Of the member, over all their keys. */
  budgets: BudgetView[]
  /** That they made and are in use. */
  managementKeys: { id: string; name: string; role: Role }[]
  /** Names of alert channels that write to their address. */
  channels: string[]
  /** Their wishes for more that nobody has decided. */
  openAsks: number
}
