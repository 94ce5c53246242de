import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import { type FaultName, faultNames } from '#simulator/faults/faults.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { loadTokenizer } from '#simulator/writing/load-tokenizer.ts'
import { deploymentOf, eventually, longSilenceMs, price, startWorld, type World } from './support/world.ts'

const contents = [{ role: 'user', parts: [{ text: 'Which model should we start with?' }] }]
const thinking = { thinkingConfig: { includeThoughts: true } }

const ways = [
  ['a plain answer', 'generateContent'],
  ['a stream of events', 'streamGenerateContent?alt=sse'],
  ['a stream that is an array', 'streamGenerateContent'],
] as const

/** What Gemini's own callers pay, held against the journal of a vendor who speaks it. */
describe('a caller and a vendor of Gemini', () => {
  let world: World
  let simulator: Simulator

  beforeAll(async () => {
    await loadTokenizer()
    simulator = await startSimulator()
    world = await startWorld()
    serve('gemini-3-pro-preview')
  })

  afterAll(async () => {
    await world.close()
    await simulator.close()
  })

  afterEach(() => {
    expect(world.ledger.reservedNanos).toBe(0n)
    world.ledger.entries.length = 0
    world.ledger.reservations.length = 0
    simulator.journal.reset()
    simulator.control.reset()
    const { clock } = world.gateway
    const health = openHealth({ clock })
    Object.assign(world.gateway, { health, queue: openQueue({ clock, health }) })
  })

  function serve(upstreamModel: string): void {
    const gemini = { vendor: 'gemini', wire: 'gemini', speaks: ['gemini'], upstreamModel } as const
    const baseUrl = simulator.url.replace(/\/v1$/, '')
    const deployment = { ...gemini, price: { ...price, reasoningPerMtok: 30_000_000_000n } }
    world.route.deployments = [deploymentOf({ baseUrl }, deployment)]
  }

  async function call(method: string, body: object): Promise<{ status: number; text: string }> {
    const response = await world.post(body, { path: `/v1beta/models/gpt-4o:${method}` })
    return { status: response.status, text: await response.text().catch(() => '') }
  }

  const generate = (method: string, generationConfig: object = {}) =>
    call(method, { contents, generationConfig: { maxOutputTokens: 60, ...generationConfig } })

  /** The journal at $2.50 in, $1.25 from the cache, $30 thought and $10 said; the journal is right by definition. */
  const servedNanos = (): bigint =>
    simulator.journal.calls.reduce((sum, { promptTokens, cachedTokens, reasoningTokens, servedTokens }) => {
      const thought = Math.min(reasoningTokens, servedTokens)
      const nanos = (promptTokens - cachedTokens) * 2_500 + cachedTokens * 1_250 + thought * 30_000
      return sum + BigInt(nanos + (servedTokens - thought) * 10_000)
    }, 0n)

  const booked = (): bigint => world.ledger.entries.reduce((sum, { outcome }) => sum + outcome.costNanos, 0n)

  test.each(ways)('%s costs to the nano-dollar what was served: cached, thought and said', async (_, method) => {
    simulator.control.set({ cachedTokens: 4, reasoningTokens: 15, outputTokens: 30, cutBytes: true, seed: 7 })
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => generate(method, { ...thinking, maxOutputTokens: 20 + index })),
    )
    expect(simulator.journal.calls.map(({ servedTokens, outcome }) => [servedTokens >= 20, outcome])).toEqual(
      Array(10).fill([true, 'finished']),
    )
    expect(booked()).toBe(servedNanos())
    expect(world.ledger.entries[0]?.outcome).toMatchObject({
      estimated: false,
      usage: { cachedTokens: 4, reasoningTokens: 15 },
    })
  })

  test('tools cost what was served, their calls included', async () => {
    const tools = [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: { type: 'object' } }] }]
    const question = { role: 'user', parts: [{ text: 'Call get_weather and get_weather.' }] }
    for (const [, method] of ways) {
      const { text } = await call(method, { contents: [question], tools })
      expect(text.match(/"functionCall"/g)).toHaveLength(2)
      expect(text.match(/"thoughtSignature"/g)).toHaveLength(1)
    }
    expect(booked()).toBe(servedNanos())
  })

  test('counting is free, and embedding costs what the vendor tells, or what we count where it tells nothing', async () => {
    const { text } = await call('countTokens', { contents })
    expect(JSON.parse(text)).toMatchObject({ totalTokens: expect.any(Number) })
    expect(booked()).toBe(0n)
    serve('gemini-embedding-001')
    await call('embedContent', { content: contents[0] })
    expect(world.ledger.entries.at(-1)?.outcome.estimated).toBe(false)
    expect(booked()).toBe(servedNanos())
    const requests = contents.map((content) => ({ model: 'models/gpt-4o', content }))
    expect((await call('batchEmbedContents', { requests })).status).toBe(200)
    expect(world.ledger.entries.at(-1)?.outcome.estimated).toBe(true)
    expect(booked()).toBeGreaterThanOrEqual(servedNanos())
    serve('gemini-3-pro-preview')
  })

  /** Those of events and of plain answers are in reliability/matrix; an array is spoken by callers and vendors of Gemini alone. */
  describe('an array', () => {
    function expected(fault: FaultName): [status: number, cost: 'free' | 'served' | 'kept' | 'double'] {
      if (fault === 'status-401' || /^status-40[23]/.test(fault)) return [502, 'free']
      if (/^status-4/.test(fault)) return [Number(fault.slice(7, 10)), 'free']
      if (/^status-|^html|^redirect/.test(fault)) return [502, 'free']
      if (fault === 'hang') return [504, 'kept']
      if (/^reset-(before|after)-headers$|^empty-body$/.test(fault)) return [502, 'kept']
      return [200, fault === 'usage-doubled' ? 'double' : 'served']
    }

    test.each(faultNames)('%s', async (fault) => {
      const [status, cost] = expected(fault)
      // Only a vendor who is silent for good is given up soon: a busy machine is not taken for one.
      const isSilent = fault.startsWith('hang')
      world.gateway.settings.upstreamHeadersMs = isSilent ? 1_000 : longSilenceMs
      world.route.policy.idleMs = isSilent ? 1_000 : null
      simulator.control.set({ fault, outputTokens: 40, ...(fault === 'slow' && { latencyMs: 100, chunkDelayMs: 1 }) })
      const answer = await generate('streamGenerateContent')
      expect(answer.status).toBe(status)
      expect(simulator.journal.calls).toHaveLength(1)
      const entry = await eventually(() => world.ledger.entries[0])
      if (cost === 'free') expect(booked()).toBe(0n)
      if (cost === 'kept') expect(booked()).toBe(entry.reservedNanos)
      if (cost === 'double') expect(booked()).toBe(2n * servedNanos())
      if (cost === 'served') {
        // Its vocabulary is known to nobody: a count of half as many is taken for possible, and ours has a margin.
        expect(booked()).toBeGreaterThanOrEqual(servedNanos() / (fault === 'usage-halved' ? 2n : 1n))
        expect(booked()).toBeLessThanOrEqual(entry.outcome.estimated ? entry.reservedNanos : servedNanos())
      }
    })
  })
})
