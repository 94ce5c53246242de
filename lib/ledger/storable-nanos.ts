import { maxNanos, type Nanos } from '../core/money.ts'

/** Nobody has more: an amount that the database cannot store would undo the batch of all who stand beside it. */
export function storableNanos(nanos: Nanos | null): Nanos | null {
  return nanos !== null && nanos > maxNanos ? maxNanos : nanos
}
