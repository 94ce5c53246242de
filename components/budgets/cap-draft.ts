import type { Period } from '#lib/core/period.ts'

/** A limit as it stands in a form. */
export interface CapDraft {
  /** Of its row, so that focus stays where it is. */
  id: number
  /** As typed; a decimal in USD when it is right. */
  limitUsd: string
  period: Period
}
