import { StoppedReading } from '../sse/stopped-reading.ts'
import { asUpstreamError } from '../upstream/as-upstream-error.ts'

/** Whether it was us who ended an answer, and not its vendor: there may be more of it, which nobody reads. */
export function isUnread(error: unknown): boolean {
  return error instanceof StoppedReading || asUpstreamError(error).code === 'upstream_timeout'
}
