import type { ErrorCode } from '#lib/core/errors.ts'

/** Why an action did not happen. Words are for the page to choose, in its language. */
export interface ActionFailure {
  code: ErrorCode
  /** Path of the field that is wrong: "budgets.0.limitNanos". */
  param: string | null
}

/** What a server action answers; a refusal is an answer, too. */
export type ActionResult<T> = { value: T; failure?: never } | { failure: ActionFailure; value?: never }
