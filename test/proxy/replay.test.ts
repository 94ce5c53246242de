import { describe, expect, test } from 'vitest'
import { callModel } from '#proxy/call-model.ts'
import { openAiChat } from '#proxy/dialects/openai-chat/openai-chat.ts'
import type { Exchange } from '#proxy/exchange.ts'
import type { Gateway } from '#proxy/gateway.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import { readData } from '#proxy/sse/read-data.ts'
import { memoryAnswers } from './support/memory-answers.ts'
import { MemoryLedger } from './support/memory-ledger.ts'
import { cutAnywhere, randomFrom } from './support/random.ts'
import { hasTraffic, type Recording, readTraffic } from './support/traffic.ts'
import { caller, deploymentOf, routeOf } from './support/world.ts'

const seeds = [1, 2, 3]

/** Puts a recording behind the gateway, its bytes cut as `seed` says, and reads what a caller gets. */
async function replay(recording: Recording, seed: number, wantsUsage: boolean) {
  const ledger = new MemoryLedger(10n ** 18n)
  const pieces = cutAnywhere(Buffer.from(recording.body), randomFrom(seed))
  const upstreamModel = String(recording.request?.model ?? 'unknown')
  const health = openHealth({ clock: { now: () => 0 } })
  const gateway: Gateway = {
    keys: { authenticate: async () => caller, describe: async () => ({}) },
    limits: { enter: () => ({ headers: {}, expect: () => undefined, leave: () => undefined }) },
    routes: {
      resolve: async (_, model) =>
        routeOf(model, [deploymentOf({ baseUrl: 'http://vendor.test' }, { upstreamModel })], {
          maxOutputTokens: 100_000,
          contextTokens: null,
        }),
      list: async () => [],
    },
    ledger,
    answers: memoryAnswers(),
    upstream: {
      send: async () => ({
        status: recording.status,
        headers: recording.contentType ? { 'content-type': recording.contentType } : {},
        body: (async function* () {
          yield* pieces
        })(),
      }),
    },
    health,
    queue: openQueue({ clock: { now: () => 0 }, health }),
    clock: { now: () => 0 },
    log: { info() {}, warn() {}, error() {} },
    settings: {
      maxBodyBytes: 1e8,
      upstreamHeadersMs: 10_000,
      upstreamIdleMs: 10_000,
      budgetWaitMs: 1,
      beginWithinMs: 10_000,
      maxAttempts: 1,
      backoffMs: 1,
      queueWaitMs: 1,
    },
  }
  const body = {
    model: upstreamModel,
    messages: recording.request?.messages ?? [{ role: 'user', content: 'Hi' }],
    stream: true,
    stream_options: { include_usage: wantsUsage },
  }
  const exchange: Exchange = {
    id: 'request',
    startedAtMs: 0,
    dialect: openAiChat,
    tries: [],
    headers: {},
    request: {
      method: 'POST',
      path: '/v1/chat/completions',
      query: '',
      headers: { authorization: 'Bearer x' },
      body: (async function* () {
        yield Buffer.from(JSON.stringify(body))
      })(),
      signal: new AbortController().signal,
      remoteAddress: null,
    },
  }
  const answer = await callModel(gateway, exchange)
  const chunks: Uint8Array[] = []
  if (answer.body instanceof Uint8Array) chunks.push(answer.body)
  else for await (const chunk of answer.body) chunks.push(chunk)
  return { text: Buffer.concat(chunks).toString(), entries: ledger.entries }
}

/** What a caller who did not ask for usage should get: all events as they are, but for those that state it. */
function withoutUsage(body: string): string {
  const events = body.split(/(?<=\n\n|\r\n\r\n)/)
  return events
    .map((event) => {
      const [value] = readData(Buffer.from(event))
      const { usage, x_groq, ...rest } = (value ?? {}) as Chunk
      if (!usage && !x_groq?.usage) return event
      if (rest.choices?.length === 0) return ''
      const { usage: _usage, ...groq } = x_groq ?? {}
      return `data: ${JSON.stringify(x_groq ? { ...rest, x_groq: groq } : rest)}\n\n`
    })
    .join('')
}

interface Chunk {
  choices?: unknown[]
  usage?: Record<string, number>
  x_groq?: { usage?: Record<string, number> }
}

/** The usage that a recording states last, read as naively as one may. */
function statedUsage(recording: Recording): Record<string, number> | undefined {
  return readData(Buffer.from(recording.body))
    .map((value) => (value as Chunk).usage ?? (value as Chunk).x_groq?.usage)
    .findLast((usage) => usage)
}

describe.skipIf(!hasTraffic)('recorded streams', () => {
  const recordings = readTraffic(/\.chat_completions\.stream\.200\./)

  test('are there', () => {
    expect(recordings.length).toBeGreaterThan(50)
  })

  describe.each(recordings.map((recording) => [recording.file, recording] as const))('%s', (_, recording) => {
    test.each(seeds)('cut by seed %i, every byte but the usage reaches the caller', async (seed) => {
      const { text } = await replay(recording, seed, false)
      expect(text === withoutUsage(recording.body)).toBe(true)
    })

    test.each(seeds)('cut by seed %i, the usage that it states is what is booked', async (seed) => {
      const { entries, text } = await replay(recording, seed, true)
      expect(entries).toHaveLength(1)
      const outcome = entries[0]?.outcome
      const stated = statedUsage(recording)
      expect(outcome?.estimated).toBe(stated === undefined)
      if (!stated || !outcome) return
      expect(outcome.usage.inputTokens).toBe(stated.prompt_tokens)
      expect(outcome.usage.outputTokens).toBeGreaterThanOrEqual(stated.completion_tokens ?? 0)
      expect(outcome.usage.cachedTokens ?? 0).toBeLessThanOrEqual(stated.prompt_tokens ?? 0)
      expect(text.includes('"cost":"')).toBe(true)
    })
  })
})

test.skipIf(hasTraffic)('recorded streams are NOT HERE: nothing of them was replayed', () => {
  expect(hasTraffic).toBe(false)
})
