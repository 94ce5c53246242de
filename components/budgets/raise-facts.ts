/** A temporary raise, as pages show it. */
export interface RaiseFacts {
  id: string
  budgetId: string
  /** Whose budget, and which; null where it is gone. */
  budgetName: string | null
  amountUsd: string
  until: string
  reason: string
  isRunning: boolean
  givenBy: string
  createdAt: string
  endedAt: string | null
}
