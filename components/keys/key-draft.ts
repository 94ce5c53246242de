import type { CapDraft } from '../budgets/cap-draft.ts'
import type { RateDraft } from '../limits/rate-draft.ts'

/** A key as it stands in a form: text as it was typed. */
export interface KeyDraft extends RateDraft {
  name: string
  projectId: string
  /** Empty: nobody's. */
  memberEmail: string
  /** Empty: all that the project allows. */
  models: string[]
  caps: CapDraft[]
  /** The last day, "2026-12-31", by the organization's time zone; empty: no end. */
  expiresOn: string
  maxOutputTokens: string
  /** One a line. */
  allowedIps: string
  /** Separated by commas. */
  tags: string
}
