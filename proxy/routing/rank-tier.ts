import type { Deployment } from '../gateway.ts'
import type { DeploymentVitals } from './deployment-vitals.ts'
import { hashText } from './hash-text.ts'

/** A deployment with a warm cache may be that much busier than the idlest before its callers go elsewhere. */
const affinityFactor = 2
const affinitySlack = 8

/** What nobody has measured yet counts as fast, so that it gets measured. */
const unknownMs = 1
const errorPenalty = 10

/** Below it figures differ by chance, and weights decide. */
const clearlyLess = 0.8

type VitalsOf = (deployment: Deployment) => DeploymentVitals

/** One tier in the order to try: who has the cache, or else the better of two drawn by weight; then the others. */
export function rankTier(
  tier: Deployment[],
  vitalsOf: VitalsOf,
  affinity: string | null,
  random: () => number,
): Deployment[] {
  if (tier.length < 2) return tier
  const first = affinity === null ? betterOfTwo(tier, vitalsOf, random) : warmest(tier, vitalsOf, affinity, random)
  const others = tier.filter((deployment) => deployment !== first)
  // What was just woken is tried before it is trusted, by one call at a time.
  const woken = others.find((deployment) => vitalsOf(deployment).state === 'half_open')
  others.sort((a, b) => burdenOf(a, vitalsOf) - burdenOf(b, vitalsOf))
  return woken ? [woken, first, ...others.filter((deployment) => deployment !== woken)] : [first, ...others]
}

/** Drawn by weight; the first stays unless the second is clearly less burdened. */
function betterOfTwo(tier: Deployment[], vitalsOf: VitalsOf, random: () => number): Deployment {
  const one = draw(tier, random())
  const another = draw(tier, random())
  return burdenOf(another, vitalsOf) < burdenOf(one, vitalsOf) * clearlyLess ? another : one
}

function draw(tier: Deployment[], at: number): Deployment {
  let left = at * tier.reduce((sum, { weight }) => sum + weight, 0)
  for (const deployment of tier) {
    left -= deployment.weight
    if (left < 0) return deployment
  }
  return tier.at(-1)!
}

/** How long a call would probably wait there, for its share of the weight. */
function burdenOf(deployment: Deployment, vitalsOf: VitalsOf): number {
  const { inFlight, firstTokenMs, answerMs, errorRate } = vitalsOf(deployment)
  const paceMs = firstTokenMs ?? answerMs ?? unknownMs
  return ((inFlight + 1) * paceMs * (1 + errorPenalty * errorRate)) / deployment.weight
}

/** The same for the same affinity, by rendezvous: when one leaves, only its own callers move. */
function warmest(tier: Deployment[], vitalsOf: VitalsOf, affinity: string, random: () => number): Deployment {
  let best = tier[0]!
  let most = Number.NEGATIVE_INFINITY
  let leastInFlight = Number.POSITIVE_INFINITY
  for (const deployment of tier) {
    leastInFlight = Math.min(leastInFlight, vitalsOf(deployment).inFlight)
    const drawn = (hashText(`${affinity} ${deployment.id}`) + 1) / 4_294_967_297
    const score = -deployment.weight / Math.log(drawn)
    if (score > most) [best, most] = [deployment, score]
  }
  const isTooBusy = vitalsOf(best).inFlight > leastInFlight * affinityFactor + affinitySlack
  return isTooBusy ? betterOfTwo(tier, vitalsOf, random) : best
}
