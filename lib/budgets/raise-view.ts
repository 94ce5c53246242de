import type { Nanos } from '../core/money.ts'

/** A temporary raise. It ends by itself; what was reserved of it before then is still settled. */
export interface RaiseView {
  id: string
  budgetId: string
  amountNanos: Nanos
  until: Date
  reason: string
  status: 'running' | 'over'
  createdAt: Date
  /** Who gave it: the person's name, or "management_key:<name>". */
  givenBy: string
  /** When it was ended ahead of its time. */
  endedAt: Date | null
}
