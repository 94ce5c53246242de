import type { BudgetScope, Period } from '#lib/core/period.ts'
import type { ActionResult } from '../action-result.ts'
import type { PriceDraft } from '../prices/price-draft.ts'

/** As it stands in the form; days in the organization's time zone, both included. */
export interface ReRatingDraft {
  /** Null: of all deployments. */
  deploymentId: string | null
  fromDay: string
  toDay: string
  price: PriceDraft
}

/** What is sent to be done: the moments that the preview looked at. */
export interface ReRatingOrder {
  /** Sent again with the same one, it goes on where it was. */
  id: string
  deploymentId: string | null
  /** ISO 8601. */
  from: string
  to: string
  price: PriceDraft
  reason: string
}

export interface ShareFacts {
  id: string
  name: string
  requests: number
  oldUsd: string
  newUsd: string
  differenceUsd: string
}

export interface PreviewFacts {
  from: string
  to: string
  requests: number
  /** Their cost does not follow from a usage. */
  leftAlone: number
  oldUsd: string
  newUsd: string
  differenceUsd: string
  keys: ShareFacts[]
  projects: ShareFacts[]
  /** Those that would be used up by it. */
  usedUp: { id: string; scope: BudgetScope; scopeName: string; period: Period; limitUsd: string; newSpentUsd: string }[]
}

export interface ReRatingFacts {
  id: string
  from: string
  to: string
  reason: string
  requests: number
  differenceUsd: string
  at: string
  madeBy: string
  isFinished: boolean
}

/** The server's part; already bound to the model. */
export interface ReRatingActions {
  preview: (draft: ReRatingDraft) => Promise<ActionResult<PreviewFacts>>
  apply: (order: ReRatingOrder) => Promise<ActionResult<{ requests: number }>>
}

/** How far one has come. */
export interface ReRatingProgressFacts {
  done: number
  isFinished: boolean
}
