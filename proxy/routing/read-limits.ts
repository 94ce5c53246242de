export interface SeenLimit {
  kind: 'requests' | 'tokens'
  most: number
  left: number
  fullInMs: number
}

type Headers = Record<string, string | string[] | undefined>

/** What a vendor says of the account's limits in the headers of an answer, in the ways of OpenAI and Anthropic. */
export function readLimits(headers: Headers, nowMs: number): SeenLimit[] {
  const seen: SeenLimit[] = []
  for (const kind of ['requests', 'tokens'] as const) {
    const most = figure(headers[`x-ratelimit-limit-${kind}`] ?? headers[`anthropic-ratelimit-${kind}-limit`])
    const left = figure(headers[`x-ratelimit-remaining-${kind}`] ?? headers[`anthropic-ratelimit-${kind}-remaining`])
    if (most === null || left === null || most <= 0) continue
    const span = spanMs(headers[`x-ratelimit-reset-${kind}`])
    const at = Date.parse(String(headers[`anthropic-ratelimit-${kind}-reset`] ?? ''))
    seen.push({ kind, most, left, fullInMs: span ?? (at > nowMs ? at - nowMs : 0) })
  }
  return seen
}

function figure(value: string | string[] | undefined): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN
  return Number.isFinite(number) && number >= 0 ? number : null
}

const msOf: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** "850ms", "7.66s", "1m30s", "6h0m0s", or plain seconds. */
function spanMs(value: string | string[] | undefined): number | null {
  if (typeof value !== 'string' || value === '') return null
  const plain = Number(value)
  if (Number.isFinite(plain)) return plain * 1000
  let sum = 0
  for (const [, amount, unit] of value.matchAll(/([\d.]+)(ms|s|m|h|d)/g)) sum += Number(amount) * msOf[unit!]!
  return sum > 0 ? sum : null
}
