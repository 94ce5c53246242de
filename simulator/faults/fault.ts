import type { Answer, Report } from '../answer.ts'
import type { Figures, Range } from '../behaviour.ts'
import type { Dialect } from '../dialects/dialect.ts'

/** How a vendor spreads its usage over a stream. */
export type ReportStyle = 'once' | 'cumulative' | 'split'

/** One thing that can go wrong with a vendor. A fault is data: what it changes of an honest call. */
export interface Fault {
  /** One line for people. */
  summary: string
  /** Holds unless a rule says otherwise. */
  pace?: { latencyMs: Range; chunkDelayMs: Range }
  /** The usage that is told instead; null is told as null, undefined is not told. */
  report?: (honest: Figures) => Report | null | undefined
  reportStyle?: ReportStyle
  /** What becomes of the answer. */
  change?: (answer: Answer, circumstances: Circumstances) => Answer
}

interface Circumstances {
  dialect: Dialect
  /** Where a fault in the middle strikes; null: after half of the answer. */
  atToken: number | null
}
