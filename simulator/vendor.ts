import type { ControlReader } from './control/create-control.ts'
import type { JournalKeeper } from './journal/create-journal.ts'

/** What all calls to one simulator share. */
export interface Vendor {
  models: readonly string[]
  control: ControlReader
  journal: JournalKeeper
  /** Counts the calls; with the seed it decides everything that is drawn. */
  takeNumber(): number
}
