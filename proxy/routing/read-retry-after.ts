/** Nobody waits longer on a vendor's word. */
const mostMs = 24 * 3_600_000

type Headers = Record<string, string | string[] | undefined>

/** When a vendor says to come back, in any of the ways in which vendors say it; null when it does not. */
export function readRetryAfter(headers: Headers, said = '', nowMs = Date.now()): number | null {
  const inMs = Number.parseFloat(String(headers['retry-after-ms'] ?? ''))
  if (inMs > 0) return Math.min(inMs, mostMs)
  const after = String(headers['retry-after'] ?? '').trim()
  if (after) {
    const seconds = Number(after)
    if (Number.isFinite(seconds)) return seconds > 0 ? Math.min(seconds * 1000, mostMs) : null
    const at = Date.parse(after)
    if (at > nowMs) return Math.min(at - nowMs, mostMs)
  }
  // Google says it in the body: {"@type": "…RetryInfo", "retryDelay": "42s"}.
  const delay = /"retryDelay":\s*"([\d.]+)s"/.exec(said)?.[1]
  return delay ? Math.min(Number(delay) * 1000, mostMs) : null
}
