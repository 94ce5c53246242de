const firstMs = 5_000
const longestMs = 3_600_000
const mostAttempts = 12

/** How long to wait after so many attempts, with jitter; null: it is given up, after about half a day. */
export function retryAfterMs(attempts: number, random: () => number = Math.random): number | null {
  if (attempts >= mostAttempts) return null
  const waitMs = Math.min(longestMs, firstMs * 3 ** (attempts - 1))
  return Math.round(waitMs * (0.75 + 0.5 * random()))
}
