/** What an alert says, as it stood when it was raised; amounts are decimal strings in USD. */
export interface AlertFacts {
  /** The name of what it is about: a key, a project, a provider … */
  subject?: string | null
  scope?: 'organization' | 'project' | 'member' | 'key'
  period?: 'total' | 'day' | 'week' | 'month'
  percent?: number
  limitUsd?: string
  spentUsd?: string
  resetsAt?: string | null
  model?: string | null
  tag?: string | null
  requestId?: string
  reservedUsd?: string
  costUsd?: string
  overrunUsd?: string
  /** Whether the key was paused for it. */
  paused?: boolean
  /** Of a provider: "refused" or "out_of_credit". */
  state?: string
  /** In words, as a vendor or a check gave it. */
  reason?: string
  /** Of a ledger that does not add up. */
  mismatches?: number
  /** Of an hour that is unlike the others. */
  usualUsd?: string
}
