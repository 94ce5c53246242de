import type { Nanos } from '../core/money.ts'
import type { PriceView } from './price-view.ts'

/** Requests of the past that were charged by another price. */
export interface ReRatingView {
  id: string
  modelId: string
  modelName: string
  deploymentId: string | null
  from: Date
  to: Date
  reason: string
  price: PriceView
  requests: number
  /** What all of them cost more; negative: less. */
  differenceNanos: Nanos
  createdAt: Date
  /** Who did it: the person's name, or "management_key:<name>". */
  madeBy: string
  /** Null: it is on its way, or was cut off and goes on when it is sent again. */
  finishedAt: Date | null
}

export interface ReRatingShare {
  /** Of the key or the project. */
  id: string
  name: string
  requests: number
  oldNanos: Nanos
  newNanos: Nanos
}

export interface ReRatedBudget {
  budgetId: string
  scope: 'organization' | 'project' | 'member' | 'key'
  scopeName: string
  period: 'total' | 'day' | 'week' | 'month'
  limitNanos: Nanos
  spentNanos: Nanos
  /** What would be spent. */
  newSpentNanos: Nanos
  /** Now within its limit, and then beyond it: it would refuse. */
  goesOver: boolean
}

/** What a re-rating would do. */
export interface ReRatingPreview {
  requests: number
  /** Left as they are: their cost does not follow from a usage, so no price can give another one. */
  leftAlone: number
  oldNanos: Nanos
  newNanos: Nanos
  keys: ReRatingShare[]
  projects: ReRatingShare[]
  /** In their current period. */
  budgets: ReRatedBudget[]
}
