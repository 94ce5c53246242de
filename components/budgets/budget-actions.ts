import type { BudgetScope, Period } from '#lib/core/period.ts'
import type { ActionResult } from '../action-result.ts'

/** More for a while, as it stands in a form. */
export interface RaiseDraft {
  amountUsd: string
  /** The last day of it, in the organization's time zone. */
  lastDay: string
  reason: string
}

export interface ApprovalDraft {
  budgetId: string | null
  amountUsd: string
  /** Null: for good. */
  lastDay: string | null
  note: string
}

export interface BudgetDraft {
  scope: BudgetScope
  /** Null: the organization itself. */
  scopeId: string | null
  period: Period
  limitUsd: string
  model: string | null
  tag: string | null
}

/** The server's part; already bound to the organization. */
export interface BudgetActions {
  change: (id: string, limitUsd: string, warnPercents: number[]) => Promise<ActionResult<null>>
  raise: (id: string, draft: RaiseDraft) => Promise<ActionResult<null>>
  endRaise: (raiseId: string) => Promise<ActionResult<null>>
  archive: (id: string) => Promise<ActionResult<null>>
  /** Whether the organization's own may be changed too. */
  mayChangeOrganization: boolean
  /** In the organization's time zone. */
  today: string
  timeZone: string
}

export interface AskActions {
  approve: (id: string, draft: ApprovalDraft) => Promise<ActionResult<null>>
  decline: (id: string, note: string) => Promise<ActionResult<null>>
}
