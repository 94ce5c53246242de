import type { Deployment } from '../gateway.ts'

/** What is remembered of the last calls: one bit each, 1 for a failure. */
const rememberedCalls = 20
const rememberedMask = (1 << rememberedCalls) - 1
/** One blip bans nothing: so many failures in a row, or half of the last calls. */
const failuresInARow = 5
const leastCalls = 10
/** What is older says nothing of now. */
const forgetAfterMs = 60_000
/** How much of an average the newest figure makes. */
const freshShare = 0.2

/** All that is known of one deployment. */
export interface DeploymentVitals {
  deployment: Deployment
  state: 'ok' | 'cooling' | 'open' | 'half_open'
  reason: string | null
  untilMs: number
  changedAtMs: number
  /** How often it was opened, or told to slow down, since it last worked for a while. */
  strikes: number
  inFlight: number
  isProbed: boolean
  /** Streams that wait for their first byte, by when they began; the oldest first. */
  waiting: Set<{ startedAtMs: number }>
  beganAtMs: number
  /** Moving averages; null: nothing was measured. */
  firstTokenMs: number | null
  answerMs: number | null
  errorRate: number
  outcomes: number
  calls: number
  endedAtMs: number
}

export function newVitals(deployment: Deployment): DeploymentVitals {
  return {
    deployment,
    state: 'ok',
    reason: null,
    untilMs: 0,
    changedAtMs: 0,
    strikes: 0,
    inFlight: 0,
    isProbed: false,
    waiting: new Set(),
    beganAtMs: 0,
    firstTokenMs: null,
    answerMs: null,
    errorRate: 0,
    outcomes: 0,
    calls: 0,
    endedAtMs: 0,
  }
}

/** Takes note of how a call ended. True: that is enough failures to stop calling. */
export function noteOutcome(vitals: DeploymentVitals, isFailure: boolean, nowMs: number): boolean {
  if (nowMs - vitals.endedAtMs > forgetAfterMs) {
    vitals.outcomes = 0
    vitals.calls = 0
  }
  vitals.endedAtMs = nowMs
  vitals.outcomes = ((vitals.outcomes << 1) | (isFailure ? 1 : 0)) & rememberedMask
  vitals.calls = Math.min(vitals.calls + 1, rememberedCalls)
  vitals.errorRate += freshShare * ((isFailure ? 1 : 0) - vitals.errorRate)
  if (!isFailure) return false
  const inARow = (1 << failuresInARow) - 1
  if (vitals.calls >= failuresInARow && (vitals.outcomes & inARow) === inARow) return true
  return vitals.calls >= leastCalls && bitsOf(vitals.outcomes) * 2 >= vitals.calls
}

/** Its last calls all went well: what was before is forgiven. */
export function isSteady({ calls, outcomes }: DeploymentVitals): boolean {
  return calls >= leastCalls && outcomes === 0
}

export function average(known: number | null, fresh: number): number {
  return known === null ? fresh : known + freshShare * (fresh - known)
}

function bitsOf(value: number): number {
  let count = 0
  for (let rest = value; rest !== 0; rest &= rest - 1) count++
  return count
}
