import type { Report, VendorDialect } from '../dialects/dialect.ts'
import type { Framing } from '../sse/framing.ts'
import { type Bill, billAnswer } from './bill-answer.ts'
import { keepEvents } from './keep-events.ts'
import { mergeReports, noReport } from './merge-reports.ts'
import type { Served } from './served.ts'

export interface StreamMeter {
  /** Takes note of an event. True: it says something of the usage, so the caller gets `rewrite` instead. */
  follow(event: Uint8Array): boolean
  /** As the caller shall see it; null: not at all. */
  rewrite(event: Uint8Array): Promise<Uint8Array | string | null>
  /** So many pieces may have been served that were not seen: the connection was cut. Infinite: all that was allowed. */
  miss(pieces: number): void
  /** Its caller has left, and its vendor has stopped: what it thought until now and does not show is owed too. */
  left(): void
  report(): Report
  /** `isWhole`: it came to its end by itself, so far as is known. */
  bill(isWhole?: boolean): Promise<Bill>
}

/** Knows at any moment of a stream what it has come to. `begunMs`: when it was asked for, by the monotonic clock. */
export function followStream(dialect: VendorDialect, framing: Framing, served: Served, begunMs: number): StreamMeter {
  const kept = keepEvents(dialect.readText, framing)
  let report: Report = noReport
  let missed = 0
  let servingMs = 0
  const bill = (isWhole = true): Promise<Bill> => {
    // After its finish reason a stream has nothing more to say that costs; before it no figure of its output is the last.
    const soFar = { ...served, servingMs }
    if (report.finishReason !== null) return billAnswer(soFar, report, kept)
    return billAnswer({ ...soFar, missedPieces: missed }, report, kept, !isWhole && dialect.hub !== null)
  }

  return {
    follow(event) {
      if (!dialect.mayReport(event)) {
        kept.keep(event, null)
        return false
      }
      const [value] = framing.read(event)
      kept.keep(event, dialect.readText(value))
      const found = dialect.readReport(value)
      report = mergeReports(report, found)
      return found.usage !== null
    },
    async rewrite(event) {
      const [value] = framing.read(event)
      const seen = served.request.wantsUsage
        ? dialect.withCost(value, (await bill()).costNanos)
        : dialect.withoutUsage(value)
      if (seen === value) return event
      return seen === null ? null : framing.replace(event, seen)
    },
    miss(pieces) {
      missed += pieces
    },
    left() {
      servingMs = performance.now() - begunMs
    },
    report: () => report,
    bill,
  }
}
