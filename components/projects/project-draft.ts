import type { CapDraft } from '../budgets/cap-draft.ts'

/** A project as it stands in a form. */
export interface ProjectDraft {
  name: string
  /** Empty: all. */
  models: string[]
  caps: CapDraft[]
}
