import type { Clock, Deployment } from '../gateway.ts'
import { type CredentialVitals, learnOfCredential, newCredentialVitals } from './credential-vitals.ts'
import { average, type DeploymentVitals, isSteady, newVitals, noteOutcome } from './deployment-vitals.ts'
import type { Call, Health, KnownState, Lesson, Ranking } from './health.ts'
import { rankTier } from './rank-tier.ts'

const openMs = 2_000
const longestOpenMs = 60_000
const coolMs = 1_000
const longestCoolMs = 60_000
/** A strike is forgiven after so long without another. */
const forgiveAfterMs = 60_000

/** So many streams that wait for their first byte, while none gets any, are a vendor that stands still. */
const stalledStreams = 3
const leastStallMs = 2_000
const stallFactor = 8

/** A state that changed, for whoever keeps and shows it. */
export interface HealthChange {
  kind: 'deployment' | 'credential'
  /** Of the deployment; for a credential that of its provider. */
  id: string
  organizationId: string
  state: DeploymentVitals['state'] | CredentialVitals['state']
  reason: string | null
  untilMs: number | null
  changedAtMs: number
  /** Null for a credential. */
  figures: { firstTokenMs: number | null; errorRate: number; inFlight: number } | null
}

export interface OpenHealth extends Health {
  /** Every deployment that was called since the last time. */
  takeFigures(): HealthChange[]
}

/**
 * What one process knows of its upstreams, learned from real answers: a circuit breaker for each deployment, a state for
 * each credential, and who is fast at the moment. What other processes learned, and what people put back, comes with
 * the routes (`known`): the newer word counts.
 */
export function openHealth(options: {
  clock: Clock
  random?: () => number
  onChange?(change: HealthChange): void
}): OpenHealth {
  const { clock, random = Math.random, onChange = () => undefined } = options
  const deployments = new Map<string, DeploymentVitals>()
  const credentials = new Map<string, CredentialVitals>()
  const called = new Set<DeploymentVitals>()

  const vitalsOf = (deployment: Deployment): DeploymentVitals => {
    let vitals = deployments.get(deployment.id)
    if (!vitals) {
      vitals = newVitals(deployment)
      deployments.set(deployment.id, vitals)
    }
    vitals.deployment = deployment
    const { known } = deployment
    if (known.deployment && known.deployment.changedAtMs > vitals.changedAtMs) adopt(vitals, known.deployment)
    return vitals
  }

  const credentialOf = ({ providerId, organizationId, known }: Deployment): CredentialVitals => {
    let vitals = credentials.get(providerId)
    if (!vitals) {
      vitals = newCredentialVitals(providerId, organizationId)
      credentials.set(providerId, vitals)
    }
    if (known.credential && known.credential.changedAtMs > vitals.changedAtMs) adopt(vitals, known.credential)
    return vitals
  }

  const change = (vitals: DeploymentVitals, to: Partial<DeploymentVitals>): void => {
    Object.assign(vitals, to, { changedAtMs: Math.max(clock.now(), vitals.changedAtMs + 1) })
    onChange(asChange(vitals))
  }

  const open = (vitals: DeploymentVitals, reason: string, nowMs: number): void => {
    const strikes = nowMs - vitals.changedAtMs > forgiveAfterMs && vitals.state === 'ok' ? 1 : vitals.strikes + 1
    const restMs = Math.min(longestOpenMs, openMs * 2 ** (strikes - 1))
    change(vitals, { state: 'open', reason, strikes, untilMs: nowMs + restMs * (0.75 + random() / 2) })
  }

  const cool = (vitals: DeploymentVitals, retryAfterMs: number | null, nowMs: number): void => {
    // Calls that were on their way together say it once; only the vendor's own word makes it longer.
    if (vitals.state === 'cooling' && nowMs < vitals.untilMs && retryAfterMs === null) return
    const strikes = nowMs - vitals.changedAtMs > forgiveAfterMs && vitals.state === 'ok' ? 1 : vitals.strikes + 1
    const untilMs =
      nowMs + (retryAfterMs ?? Math.min(longestCoolMs, coolMs * 2 ** (strikes - 1)) * (0.75 + random() / 2))
    if (vitals.state === 'cooling' && untilMs <= vitals.untilMs) return
    change(vitals, { state: 'cooling', reason: 'rate_limit', strikes, untilMs })
  }

  /** When it may be called; 0: now. What rests is woken here, by the first who asks after its time. */
  const restsUntil = (deployment: Deployment, nowMs: number): number => {
    const credential = credentialOf(deployment)
    if (credential.state !== 'ok' && (nowMs < credential.untilMs || credential.isProbed)) return credential.untilMs
    const vitals = vitalsOf(deployment)
    if (vitals.state === 'ok' || vitals.state === 'half_open') {
      if (vitals.state === 'half_open' && vitals.isProbed) return nowMs + openMs
      if (!isStalled(vitals, nowMs)) return 0
      open(vitals, 'slow', nowMs)
      return vitals.untilMs
    }
    if (nowMs < vitals.untilMs) return vitals.untilMs
    change(vitals, { state: vitals.state === 'cooling' ? 'ok' : 'half_open', untilMs: 0 })
    return 0
  }

  const learn = (vitals: DeploymentVitals, credential: CredentialVitals, lesson: Lesson | null): void => {
    const nowMs = clock.now()
    if (lesson?.fault === 'gone') return
    if (learnOfCredential(credential, lesson, nowMs)) onChange(asCredentialChange(credential))
    if (lesson?.fault === 'account' || lesson?.fault === 'credit') return
    if (lesson?.fault === 'limit') {
      cool(vitals, lesson.retryAfterMs, nowMs)
      return
    }
    const isFailure = lesson !== null && !['request', 'context', 'content'].includes(lesson.fault)
    const isEnough = noteOutcome(vitals, isFailure, nowMs)
    if (vitals.state === 'half_open') {
      if (isFailure) open(vitals, reasonOf(lesson), nowMs)
      else change(vitals, { state: 'ok', reason: null, untilMs: 0, outcomes: 0, calls: 0 })
    } else if (!isFailure && vitals.state === 'ok' && isSteady(vitals)) vitals.strikes = 0
    else if (isEnough && vitals.state === 'ok') open(vitals, reasonOf(lesson!), nowMs)
    // A vendor that asks for patience with its error gets it.
    else if (isFailure && lesson.retryAfterMs !== null) cool(vitals, lesson.retryAfterMs, nowMs)
  }

  return {
    rank(all, affinity): Ranking {
      const nowMs = clock.now()
      const ready: Deployment[] = []
      const resting: { deployment: Deployment; untilMs: number }[] = []
      for (const deployment of all) {
        const untilMs = restsUntil(deployment, nowMs)
        if (untilMs === 0) ready.push(deployment)
        else resting.push({ deployment, untilMs })
      }
      resting.sort((a, b) => a.untilMs - b.untilMs)
      const cooling = resting.find(({ deployment }) => deployments.get(deployment.id)?.state === 'cooling')
      return {
        ready: ready.length < 2 ? ready : rankTiers(ready, affinity),
        resting: resting.map(({ deployment }) => deployment),
        coolUntilMs: resting.every(({ deployment }) => deployments.get(deployment.id)?.state === 'cooling')
          ? (cooling?.untilMs ?? null)
          : null,
        restUntilMs: resting[0]?.untilMs ?? null,
      }
    },

    begin(deployment, isStream): Call {
      const vitals = vitalsOf(deployment)
      const credential = credentialOf(deployment)
      const startedAtMs = clock.now()
      const isProbe = vitals.state === 'half_open' && !vitals.isProbed
      const isCredentialProbe = credential.state !== 'ok' && !credential.isProbed
      if (isProbe) vitals.isProbed = true
      if (isCredentialProbe) credential.isProbed = true
      vitals.inFlight++
      called.add(vitals)
      const waiting = { startedAtMs }
      if (isStream) vitals.waiting.add(waiting)
      return {
        patienceMs: isProbe ? stallMsOf(vitals) : null,
        began() {
          const nowMs = clock.now()
          vitals.waiting.delete(waiting)
          vitals.beganAtMs = nowMs
          if (isStream) vitals.firstTokenMs = average(vitals.firstTokenMs, nowMs - startedAtMs)
          else vitals.answerMs = average(vitals.answerMs, nowMs - startedAtMs)
        },
        ended(lesson) {
          vitals.waiting.delete(waiting)
          vitals.inFlight--
          learn(vitals, credential, lesson)
          if (isProbe) vitals.isProbed = false
          if (isCredentialProbe) credential.isProbed = false
        },
      }
    },

    takeFigures() {
      const changes = Array.from(called, asChange)
      called.clear()
      return changes
    },
  }

  function rankTiers(ready: Deployment[], affinity: string | null): Deployment[] {
    const ranked: Deployment[] = []
    for (let start = 0; start < ready.length; ) {
      let end = start + 1
      while (end < ready.length && ready[end]!.priority === ready[start]!.priority) end++
      ranked.push(...rankTier(ready.slice(start, end), (one) => deployments.get(one.id)!, affinity, random))
      start = end
    }
    return ranked
  }
}

function adopt(vitals: DeploymentVitals | CredentialVitals, known: KnownState): void {
  // Half open is one process's own affair: for the others it is open until then.
  const state = known.state === 'half_open' ? 'open' : known.state
  Object.assign(vitals, { state, reason: known.reason, untilMs: known.untilMs ?? 0, changedAtMs: known.changedAtMs })
  if (state === 'ok') Object.assign(vitals, { strikes: 0 })
  if (state === 'ok' && 'outcomes' in vitals) Object.assign(vitals, { outcomes: 0, calls: 0 })
}

function isStalled(vitals: DeploymentVitals, nowMs: number): boolean {
  if (vitals.waiting.size < stalledStreams) return false
  const beforeMs = nowMs - stallMsOf(vitals)
  if (vitals.beganAtMs > beforeMs) return false
  let late = 0
  for (const { startedAtMs } of vitals.waiting) {
    if (startedAtMs > beforeMs) break
    if (++late === stalledStreams) return true
  }
  return false
}

function stallMsOf({ firstTokenMs }: DeploymentVitals): number {
  return Math.max(leastStallMs, (firstTokenMs ?? 0) * stallFactor)
}

function reasonOf({ fault, status }: Lesson): string {
  if (fault === 'slow' || fault === 'lost' || fault === 'unreachable') return fault
  return fault === 'model' ? 'model_missing' : `status_${status ?? 0}`
}

function asChange(vitals: DeploymentVitals): HealthChange {
  const { deployment, state, reason, untilMs, changedAtMs, firstTokenMs, errorRate, inFlight } = vitals
  return {
    kind: 'deployment',
    id: deployment.id,
    organizationId: deployment.organizationId,
    state,
    reason,
    untilMs: untilMs || null,
    changedAtMs,
    figures: { firstTokenMs, errorRate, inFlight },
  }
}

function asCredentialChange(vitals: CredentialVitals): HealthChange {
  const { providerId, organizationId, state, reason, untilMs, changedAtMs } = vitals
  return {
    kind: 'credential',
    id: providerId,
    organizationId,
    state,
    reason,
    untilMs: untilMs || null,
    changedAtMs,
    figures: null,
  }
}
