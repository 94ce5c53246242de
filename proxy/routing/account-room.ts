import type { Deployment } from '../gateway.ts'

const minuteMs = 60_000
/** So much of a minute may go at once: vendors watch spans as short as a second. */
const burstShare = 1 / 60

/** An allowance that fills up evenly. */
interface Bucket {
  left: number
  most: number
  perMs: number
  filledAtMs: number
}

/** What the vendors allow one deployment: as configured of its account, and as learned from answers. */
interface Room {
  requests: Bucket | null
  tokens: Bucket | null
  learnedRequests: Bucket | null
  learnedTokens: Bucket | null
}

export interface AccountRooms {
  /** Takes it when it is there; else says from when on it may be. 0: taken. */
  take(deployment: Deployment, tokens: number, nowMs: number): number
  /** Takes it in any case. */
  correct(deployment: Deployment, tokens: number): void
  learn(
    deployment: Deployment,
    kind: 'requests' | 'tokens',
    most: number,
    left: number,
    fullInMs: number,
    nowMs: number,
  ): void
}

/** `share`: the part of what is configured that this process may use. */
export function openAccountRooms(share: () => number): AccountRooms {
  const accounts = new Map<string, { requests: Bucket | null; tokens: Bucket | null }>()
  const learned = new Map<string, { requests: Bucket | null; tokens: Bucket | null }>()

  const roomOf = (deployment: Deployment, nowMs: number): Room => {
    const { id, providerId, requestsPerMinute, tokensPerMinute } = deployment
    let account = accounts.get(providerId)
    if (!account) {
      account = { requests: null, tokens: null }
      accounts.set(providerId, account)
    }
    account.requests = configured(account.requests, requestsPerMinute, share(), nowMs)
    account.tokens = configured(account.tokens, tokensPerMinute, share(), nowMs)
    const known = learned.get(id)
    return { ...account, learnedRequests: known?.requests ?? null, learnedTokens: known?.tokens ?? null }
  }

  return {
    take(deployment, tokens, nowMs) {
      if (deployment.requestsPerMinute === null && deployment.tokensPerMinute === null && !learned.has(deployment.id))
        return 0
      const { requests, tokens: ofTokens, learnedRequests, learnedTokens } = roomOf(deployment, nowMs)
      const readyAtMs = Math.max(
        readyAt(requests, 1, nowMs),
        readyAt(ofTokens, tokens, nowMs),
        readyAt(learnedRequests, 1, nowMs),
        readyAt(learnedTokens, tokens, nowMs),
      )
      if (readyAtMs > nowMs) return readyAtMs
      if (requests) requests.left -= 1
      if (learnedRequests) learnedRequests.left -= 1
      if (ofTokens) ofTokens.left -= tokens
      if (learnedTokens) learnedTokens.left -= tokens
      return 0
    },
    correct({ id, providerId }, tokens) {
      const account = accounts.get(providerId)
      if (account?.tokens) account.tokens.left -= tokens
      const known = learned.get(id)
      if (known?.tokens) known.tokens.left -= tokens
    },
    learn({ id }, kind, most, left, fullInMs, nowMs) {
      let known = learned.get(id)
      if (!known) {
        known = { requests: null, tokens: null }
        learned.set(id, known)
      }
      const perMs = fullInMs > 0 ? (most - left) / fullInMs : most / minuteMs
      const bucket = known[kind]
      // Answers come back late and out of order: what was given out since is not told yet, so the smaller figure holds.
      const fresh = bucket ? Math.min(left, filled(bucket, nowMs).left) : left
      known[kind] = { left: fresh, most, perMs: Math.max(perMs, most / (24 * 60 * minuteMs)), filledAtMs: nowMs }
    },
  }
}

function configured(bucket: Bucket | null, perMinute: number | null, share: number, nowMs: number): Bucket | null {
  if (perMinute === null) return null
  const perMs = (perMinute * share) / minuteMs
  const most = Math.max(1, perMinute * share * burstShare)
  if (!bucket || bucket.perMs !== perMs) return { left: most, most, perMs, filledAtMs: nowMs }
  return filled(bucket, nowMs)
}

function filled(bucket: Bucket, nowMs: number): Bucket {
  bucket.left = Math.min(bucket.most, bucket.left + (nowMs - bucket.filledAtMs) * bucket.perMs)
  bucket.filledAtMs = nowMs
  return bucket
}

/** What is larger than the whole allowance may go once all of it is there. */
function readyAt(bucket: Bucket | null, amount: number, nowMs: number): number {
  if (!bucket) return nowMs
  const missing = Math.min(amount, bucket.most) - filled(bucket, nowMs).left
  return missing <= 0 ? nowMs : nowMs + missing / bucket.perMs
}
