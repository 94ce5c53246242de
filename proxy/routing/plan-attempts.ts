import type { Exchange } from '../exchange.ts'
import type { Deployment, Gateway, Route } from '../gateway.ts'
import type { Fault, Lesson } from './health.ts'

/** What is to be tried next. */
export interface Target {
  route: Route
  deployment: Deployment
  /** To be waited first. */
  pauseMs: number
}

export interface Plan {
  /** Null: nothing is left that could help, or no time or attempt to try it. */
  next(): Target | null
  failed(target: Target, lesson: Lesson): void
  /** No budget pays for it: on to the next. */
  unpaid(target: Target): void
  /** When the first account that was told to slow down may be asked again; null: that is not what stands in the way. */
  coolUntilMs(): number | null
}

/** Worth another try with the same credential, a moment later. */
const passing: ReadonlySet<Fault> = new Set(['limit', 'vendor', 'unreachable', 'lost', 'slow'])

/** The whole account is of no use. */
const ofAccount: ReadonlySet<Fault> = new Set(['account', 'credit'])

/** Of any kind. */
const mostTries = 25

const longestBackoffMs = 8_000

/**
 * In which order a request goes through its route: the deployments of a tier, the next tier, the models that take over;
 * then all of it again after a pause, as long as there are attempts and time.
 */
export function planAttempts(
  gateway: Gateway,
  exchange: Exchange,
  route: Route,
  affinity: string | null,
  random: () => number = Math.random,
): Plan {
  const { health, clock, settings } = gateway
  const most = route.policy.maxAttempts ?? settings.maxAttempts
  // What a route says holds for all of it; our own patience begins when its turn has come.
  const untilMs =
    route.policy.totalMs === null ? clock.now() + settings.beginWithinMs : exchange.startedAtMs + route.policy.totalMs
  const done = new Set<string>()
  const unpaid = new Set<string>()
  const uselessProviders = new Set<string>()
  const lessons = new Map<string, Lesson>()
  let routes = [route, ...route.fallbacks.general]
  let round = 0
  let isHopeless = false
  /** Refusals for asking too much at once are free, and no failures: they cost time and no attempt. */
  let limited = 0
  let coolUntilMs: number | null = null

  const isOpen = (deployment: Deployment): boolean =>
    !done.has(deployment.id) && !unpaid.has(deployment.id) && !uselessProviders.has(deployment.providerId)

  const choose = (): Omit<Target, 'pauseMs'> | null => {
    const resting: Omit<Target, 'pauseMs'>[] = []
    coolUntilMs = null
    for (const one of routes) {
      const open = one.deployments.every(isOpen) ? one.deployments : one.deployments.filter(isOpen)
      if (open.length === 0) continue
      const ranking = health.rank(open, affinity)
      const [best] = ranking.ready
      if (best) return { route: one, deployment: best }
      const [soonest] = ranking.resting
      if (soonest) resting.push({ route: one, deployment: soonest })
      if (ranking.coolUntilMs !== null) coolUntilMs = Math.min(ranking.coolUntilMs, coolUntilMs ?? ranking.coolUntilMs)
    }
    return resting[0] ?? null
  }

  /** Whose account has room, as it was found on the way here. */
  const first = (): Omit<Target, 'pauseMs'> | null => {
    const deployment = exchange.pass?.deployment
    return deployment && isOpen(deployment) ? { route, deployment } : null
  }

  /** Another round: what failed in passing may work now. */
  const beginRound = (): number => {
    const pauseMs = random() * Math.min(longestBackoffMs, settings.backoffMs * 2 ** round++)
    for (const [id, { fault }] of lessons) if (passing.has(fault)) done.delete(id)
    return pauseMs
  }

  return {
    next() {
      if (isHopeless || exchange.tries.length - limited >= most || exchange.tries.length >= mostTries) return null
      let pauseMs = 0
      let target = exchange.tries.length === 0 ? (first() ?? choose()) : choose()
      if (!target && lessons.size > 0) {
        pauseMs = beginRound()
        target = choose()
      }
      if (!target) return null
      const nowMs = clock.now()
      // Who was told to wait waits: asking again would be refused, and counted.
      if (coolUntilMs !== null) pauseMs = Math.max(pauseMs, (coolUntilMs - nowMs) * (1 + random() / 4))
      return nowMs + pauseMs < untilMs ? { ...target, pauseMs } : null
    },
    failed({ route: failed, deployment }, lesson) {
      done.add(deployment.id)
      lessons.set(deployment.id, lesson)
      if (lesson.fault === 'limit' && most > 1) limited++
      if (ofAccount.has(lesson.fault)) uselessProviders.add(deployment.providerId)
      if (lesson.fault === 'request') isHopeless = true
      if (lesson.fault === 'context' || lesson.fault === 'content') {
        // The same text is as long, and as unwelcome, at every deployment of the same model.
        const others = route.fallbacks[lesson.fault].filter(
          (one) => one !== failed && !one.deployments.every(({ id }) => done.has(id)),
        )
        for (const { id } of failed.deployments) done.add(id)
        routes = others
        isHopeless = others.length === 0
      }
    },
    unpaid({ deployment }) {
      unpaid.add(deployment.id)
    },
    coolUntilMs: () => coolUntilMs,
  }
}
