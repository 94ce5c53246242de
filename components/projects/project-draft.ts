import type { CapDraft } from '../budgets/cap-draft.ts'
import type { RateDraft } from '../limits/rate-draft.ts'

/** A project as it stands in a form. */
export interface ProjectDraft extends RateDraft {
  name: string
  /** Empty: all. */
  models: string[]
  caps: CapDraft[]
}
