import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parseUsd } from '#lib/core/money.ts'
import { highestCostOf } from '#lib/core/price.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import { type FaultName, faultNames } from '#simulator/faults/faults.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { baseUrlOf, type Upstream, upstreamNames, upstreams } from '../clients/support/open-lab.ts'
import {
  deploymentOf,
  eventually,
  longSilenceMs,
  price,
  routeOf,
  startWorld,
  type World,
} from '../proxy/support/world.ts'
import { type ClientDialect, clientDialects } from './client-dialects.ts'

type Fate = 'refused' | 'lost' | 'served'

/** What the caller saw, and what became of each attempt, when the first of two vendors has a fault. */
function expected(fault: FaultName, stream: boolean): { status: number; fates: Fate[] } {
  // The request is at fault: nobody else would take it.
  if (fault === 'status-400' || fault === 'status-413') return { status: Number(fault.slice(7)), fates: ['refused'] }
  if (/^status-|^html|^redirect/.test(fault)) return { status: 200, fates: ['refused', 'served'] }
  // Nothing came: another one answers, and what was lost keeps its bound.
  if (/^hang$|^reset-(before|after)-headers$|^empty-body$/.test(fault))
    return { status: 200, fates: ['lost', 'served'] }
  // After the first byte of a stream it is this vendor's answer, whatever becomes of it.
  if (stream) return { status: 200, fates: ['served'] }
  if (fault === 'error-mid-stream') return { status: 200, fates: ['refused', 'served'] }
  // A document that broke was begun: it may have been billed, and it is not asked for again.
  if (fault === 'hang-mid-stream') return { status: 504, fates: ['lost'] }
  if (/^reset-|^invalid-json|^enormous-body/.test(fault)) return { status: 502, fates: ['lost'] }
  return { status: 200, fates: ['served'] }
}

/** What stands for the others where a pair of dialects is not tried with all of them. */
const some: readonly FaultName[] = [
  'status-503',
  'html-502',
  'reset-after-headers',
  'error-mid-stream',
  'end-early',
  'usage-missing',
]

/** All of it: npm run prove -- matrix. */
const isLong = process.env.PROVE_SEEDS !== undefined

const cells = Object.keys(clientDialects).flatMap((client) =>
  upstreamNames.flatMap((upstream) => [false, true].map((stream) => ({ client, upstream, stream }))),
) as { client: keyof typeof clientDialects; upstream: Upstream; stream: boolean }[]

describe.each(cells)('$client before $upstream, stream: $stream', ({ client, upstream, stream }) => {
  const dialect: ClientDialect = clientDialects[client]
  const isFull = isLong || (client === 'openai-chat' && upstream === 'openai-chat')
  let world: World
  let bad: Simulator
  let good: Simulator

  beforeAll(async () => {
    ;[bad, good] = await Promise.all([startSimulator(), startSimulator({ behaviour: { outputTokens: 12 } })])
    world = await startWorld()
    const { wire } = upstreams[upstream]
    const [first, second] = [bad, good].map((vendor, index) =>
      deploymentOf(
        { baseUrl: baseUrlOf(vendor, wire) },
        { ...upstreams[upstream], speaks: [upstream], id: `d${index}`, providerId: `p${index}`, priority: index },
      ),
    )
    world.route = routeOf('gpt-4o', [first!, second!])
    Object.assign(world.gateway.settings, { maxAttempts: 2, backoffMs: 1 })
    // The first call of each waits for tables of tokens to be read.
    for (const vendor of [bad, good]) {
      await fetch(`${vendor.url}/chat/completions`, {
        method: 'POST',
        headers: { authorization: 'Bearer sim-warm', 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] }),
      }).then((response) => response.text())
      vendor.journal.reset()
    }
  })

  afterAll(async () => {
    await world.close()
    await Promise.all([bad.close(), good.close()])
  })

  afterEach(() => {
    expect(world.ledger.reservedNanos).toBe(0n)
    world.ledger.entries.length = 0
    world.ledger.reservations.length = 0
    for (const vendor of [bad, good]) {
      vendor.control.reset()
      vendor.journal.reset()
    }
    const { clock } = world.gateway
    world.gateway.health = openHealth({ clock })
    world.gateway.queue = openQueue({ clock, health: world.gateway.health })
  })

  const servedBy = ({ journal }: Simulator): bigint =>
    journal.calls
      .filter(({ servedTokens }) => servedTokens > 0)
      .reduce(
        (sum, one) => sum + highestCostOf(one.promptTokens, one.servedTokens, { ...price, cacheReadPerMtok: null }),
        0n,
      )

  test.each(isFull ? faultNames : some)('%s', async (fault) => {
    const { status, fates } = expected(fault, stream)
    // Only a vendor who is silent for good is given up soon: a busy machine is not taken for one.
    const isSilent = fault.startsWith('hang')
    world.gateway.settings.upstreamHeadersMs = isSilent ? 1_500 : longSilenceMs
    world.route.policy.idleMs = isSilent ? 1_000 : null
    bad.control.set({ fault, outputTokens: 40, ...(fault === 'slow' && { latencyMs: 100, chunkDelayMs: 1 }) })
    const response = await world.post(dialect.body(stream), { path: dialect.path(stream) })
    const text = await response.text().catch(() => '')
    expect(response.status).toBe(status)
    if (status !== 200) expect(JSON.parse(text)).toSatisfy(dialect.isRefusal)
    // Whoever reads a stream to its end knows whether it is whole.
    else if (stream && fault !== 'no-done') expect(dialect.isWhole(text, true) || dialect.saysBroken(text)).toBe(true)
    const { outcome } = await eventually(() => world.ledger.entries[0])
    expect(world.ledger.entries).toHaveLength(1)
    expect(outcome.attempts.map(({ fate }) => fate)).toEqual(fates)
    // Every attempt was one call, and every call an attempt.
    expect(bad.journal.calls.length + good.journal.calls.length).toBe(fates.length)

    const isMoved = fates.length === 2
    if (isMoved) {
      expect(dialect.isWhole(text, stream)).toBe(true)
      expect(response.headers.get('x-stipend-attempts')).toBe('2')
    }
    const kept = outcome.attempts.reduce((sum, { keptUsd }) => sum + (keptUsd ? (parseUsd(keptUsd) ?? 0n) : 0n), 0n)
    expect(kept > 0n).toBe(fates.includes('lost'))
    if (isMoved) expect(outcome.costNanos).toBe(servedBy(good) + kept)
    else if (fates[0] === 'refused') expect(outcome.costNanos).toBe(0n)
    else if (fates[0] === 'lost') expect(outcome.costNanos).toBe(kept)
    else if (fault === 'usage-doubled') expect(outcome.costNanos).toBe(2n * servedBy(bad))
    else {
      // Where we had to count, a cut word may be a token more than the vendor wrote; never less. The vocabularies of
      // Claude and Gemini are known to nobody: words are counted with a margin, and a count of half as many is taken for
      // possible.
      const margin = upstream.startsWith('openai') ? 0n : servedBy(bad) / 2n
      expect(outcome.costNanos).toBeGreaterThanOrEqual(servedBy(bad) - (fault === 'usage-halved' ? margin : 0n))
      // What follows an event that we stopped reading is in nobody's hands: all that was allowed is owed.
      if (!stream || fault !== 'enormous-body')
        expect(outcome.costNanos).toBeLessThanOrEqual(servedBy(bad) + (outcome.estimated ? 30_000n + margin : 0n))
    }
    expect(outcome.costNanos).toBeLessThanOrEqual(
      [...world.ledger.reservations, ...world.ledger.topUps].reduce(
        (most, nanos) => (nanos > most ? nanos : most),
        0n,
      ) + (fault === 'usage-doubled' ? servedBy(bad) : 0n),
    )
  })
})
