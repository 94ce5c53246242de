import type { Nanos } from '../core/money.ts'

export const askStatuses = ['open', 'approved', 'declined'] as const

export type AskStatus = (typeof askStatuses)[number]

/** What somebody asks for beyond the budgets of a key, and what came of it. */
export interface AskView {
  id: string
  keyId: string
  keyName: string
  projectId: string
  projectName: string
  membershipId: string | null
  memberName: string | null
  amountNanos: Nanos
  purpose: string
  status: AskStatus
  createdAt: Date
  decidedAt: Date | null
  /** Who decided: the person's name, or "management_key:<name>". */
  decidedBy: string | null
  note: string | null
  /** What was raised, and by how much. */
  budgetId: string | null
  grantedNanos: Nanos | null
  /** When that ends; null: for good, or nothing was granted. */
  until: Date | null
}
