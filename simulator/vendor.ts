import type { ControlReader } from './control/create-control.ts'
import type { JournalKeeper } from './journal/create-journal.ts'
import type { Allowance } from './take-allowance.ts'

/** What all calls to one simulator share. */
export interface Vendor {
  models: readonly string[]
  control: ControlReader
  journal: JournalKeeper
  /** What each credential may still send, where the behaviour sets a limit. */
  allowances: Map<string, Allowance>
  /** Counts the calls; with the seed it decides everything that is drawn. */
  takeNumber(): number
}
