import { describe, expect, test } from 'vitest'
import type { DialectName } from '#lib/core/dialects.ts'
import type { Gateway } from '#proxy/gateway.ts'
import { asRecord } from '#proxy/json/as-record.ts'
import { routeRequest } from '#proxy/route-request.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import { memoryAnswers } from './support/memory-answers.ts'
import { MemoryLedger } from './support/memory-ledger.ts'
import { cutAnywhere, randomFrom } from './support/random.ts'
import { hasTraffic, type Recording, readTraffic } from './support/traffic.ts'
import { caller, deploymentOf, price, routeOf } from './support/world.ts'

const seeds = [1, 2, 3]

interface Sent {
  path: string
  query: string
  body: object
}

/** Puts a recording behind the gateway, its bytes cut as `seed` says, and sends `sent` to it. */
async function replay(recording: Recording, speaks: DialectName, sent: Sent, seed: number) {
  const ledger = new MemoryLedger(10n ** 18n)
  const pieces = cutAnywhere(Buffer.from(recording.body), randomFrom(seed))
  const dispatched: string[] = []
  const deployment = deploymentOf(
    { baseUrl: 'http://vendor.test' },
    { upstreamModel: 'upstream', speaks: [speaks], price },
  )
  const health = openHealth({ clock: { now: () => 0 } })
  const gateway: Gateway = {
    keys: { authenticate: async () => caller, describe: async () => ({}) },
    limits: { enter: () => ({ headers: {}, expect: () => undefined, leave: () => undefined }) },
    routes: {
      resolve: async (_, model) => routeOf(model, [deployment], { maxOutputTokens: 100_000, contextTokens: 1_000_000 }),
      list: async () => [],
    },
    ledger,
    answers: memoryAnswers(),
    upstream: {
      send: async ({ path }) => {
        dispatched.push(path)
        return {
          status: recording.status,
          headers: recording.contentType ? { 'content-type': recording.contentType } : {},
          body: (async function* () {
            yield* pieces
          })(),
        }
      },
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
  const answer = await routeRequest(gateway, {
    method: 'POST',
    path: sent.path,
    query: sent.query,
    headers: { authorization: 'Bearer x' },
    body: (async function* () {
      yield Buffer.from(JSON.stringify(sent.body))
    })(),
    signal: new AbortController().signal,
    remoteAddress: null,
  })
  const chunks: Uint8Array[] = []
  if (answer.body instanceof Uint8Array) chunks.push(answer.body)
  else for await (const chunk of answer.body) chunks.push(chunk)
  return { status: answer.status, text: Buffer.concat(chunks).toString(), entries: ledger.entries, dispatched }
}

/** Our cost is all that may stand beside what was recorded. */
function withoutCost(text: string): string {
  return text.replaceAll(/,"cost":"[\d.]+"/g, '')
}

/** Every JSON value of a body, whatever its framing. */
function valuesOf(body: string): unknown[] {
  const trimmed = body.trim()
  if (trimmed.startsWith('[')) return JSON.parse(trimmed)
  if (trimmed.startsWith('{')) return [JSON.parse(trimmed)]
  return trimmed.split(/\r?\n\r?\n/).flatMap((event) => {
    const data = event.replace(/^data: ?/, '')
    return data.startsWith('{') ? [JSON.parse(data)] : []
  })
}

/** What would be refused here, since no price covers it. */
const refusedHere =
  /cachedContent|googleSearch|google_search|codeExecution|code_execution|urlContext|url_context|fileSearch|googleMaps|"fileUri":"(?:gs:|https:\/\/(?:storage|generativelanguage))/

const hello = { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] }

describe.skipIf(!hasTraffic)('recorded exchanges of Gemini', () => {
  const recordings = readTraffic(/^(gemini|vertex)\.generateContent\.(json|stream)\.200\./)

  test('are there', () => {
    expect(recordings.length).toBeGreaterThan(40)
  })

  describe.each(recordings.map((recording) => [recording.file, recording] as const))('%s', (file, recording) => {
    const isStream = file.includes('.stream.')
    const isArray = recording.body.trimStart().startsWith('[')
    const path = `/v1beta/models/m:${isStream ? 'streamGenerateContent' : 'generateContent'}`
    const query = isStream && !isArray ? 'alt=sse' : ''
    const original = recording.request ?? hello
    const isRefused = refusedHere.test(JSON.stringify(original))

    test.skipIf(isRefused)('is taken as it was asked', async () => {
      const { status, dispatched } = await replay(recording, 'gemini', { path, query, body: original }, 1)
      expect({ status, dispatched: dispatched.length }).toEqual({ status: 200, dispatched: 1 })
    })

    test.skipIf(!isRefused)('asks for what no price covers: refused, and nothing sent', async () => {
      const { status, dispatched, entries } = await replay(recording, 'gemini', { path, query, body: original }, 1)
      expect({ status, dispatched }).toEqual({ status: 400, dispatched: [] })
      expect(entries[0]?.outcome.costNanos).toBe(0n)
    })

    test.each(seeds)('cut by seed %i, it reaches the caller as recorded', async (seed) => {
      const { text } = await replay(recording, 'gemini', { path, query, body: hello }, seed)
      const [ours, theirs] = [valuesOf(withoutCost(text)), valuesOf(recording.body)]
      expect(ours).toEqual(theirs)
      // Only the event that carries the cost was written anew.
      const changed = text.split(/(?<=\r?\n\r?\n)/).filter((event) => !recording.body.includes(event))
      expect(changed.every((event) => event.includes('"cost":"') || isArray)).toBe(true)
    })

    test.each(seeds)('cut by seed %i, the usage that it states is what is booked', async (seed) => {
      const { entries } = await replay(recording, 'gemini', { path, query, body: hello }, seed)
      const usages = valuesOf(recording.body).flatMap((value) => asRecord(value).usageMetadata ?? []) as Metadata[]
      const most = (name: keyof Metadata) => Math.max(0, ...usages.map((usage) => Number(usage[name] ?? 0)))
      expect(entries).toHaveLength(1)
      const usage = entries[0]?.outcome.usage
      if (usages.length === 0) return expect(entries[0]?.outcome.estimated).toBe(true)
      expect(usage?.inputTokens).toBe(most('promptTokenCount') + most('toolUsePromptTokenCount'))
      expect(usage?.cachedTokens ?? 0).toBe(most('cachedContentTokenCount'))
      expect(usage?.reasoningTokens ?? 0).toBe(most('thoughtsTokenCount'))
      // Each event states all that was written until then, and some leave out what others have.
      const written = usages.map((one) => {
        const spoken = (one.candidatesTokenCount ?? 0) + (one.thoughtsTokenCount ?? 0)
        const input = (one.promptTokenCount ?? 0) + (one.toolUsePromptTokenCount ?? 0)
        return Math.max(spoken, (one.totalTokenCount ?? 0) - input)
      })
      expect(usage?.outputTokens).toBe(Math.max(...written))
    })
  })
})

interface Metadata {
  promptTokenCount?: number
  toolUsePromptTokenCount?: number
  cachedContentTokenCount?: number
  candidatesTokenCount?: number
  thoughtsTokenCount?: number
  totalTokenCount?: number
}

describe.skipIf(!hasTraffic)('recorded refusals of Gemini', () => {
  const recordings = readTraffic(/^(gemini|vertex)\.generateContent\.json\.4(?!01|03)/)
  test.each(recordings.map((recording) => [recording.file, recording] as const))(
    '%s reaches the caller',
    async (_, recording) => {
      const sent = { path: '/v1beta/models/m:generateContent', query: '', body: hello }
      const { status, text, entries } = await replay(recording, 'gemini', sent, 1)
      expect({ status, text }).toEqual({ status: recording.status, text: recording.body })
      expect(entries[0]?.outcome.costNanos).toBe(0n)
    },
  )
})

describe.skipIf(!hasTraffic)('recorded embeddings', () => {
  const recordings = readTraffic(/\.embeddings\.json\.200\./)

  test('are there', () => {
    expect(recordings.length).toBeGreaterThan(7)
  })

  test.each(recordings.map((recording) => [recording.file, recording] as const))('%s', async (_, recording) => {
    const method = /:(\w+)$/.exec(recording.path ?? '')?.[1]
    const sent = method
      ? { path: `/v1beta/models/m:${method}`, query: '', body: recording.request ?? {} }
      : { path: '/v1/embeddings', query: '', body: recording.request ?? {} }
    const { status, text, entries } = await replay(recording, method ? 'gemini' : 'openai-embeddings', sent, 2)
    expect({ status, text }).toEqual({ status: 200, text: recording.body })
    const answer = asRecord(JSON.parse(recording.body))
    const stated = asRecord(answer.usage).prompt_tokens ?? asRecord(answer.usageMetadata).promptTokenCount
    const outcome = entries[0]?.outcome
    expect(outcome?.usage.outputTokens).toBe(0)
    expect(outcome?.estimated).toBe(stated === undefined)
    if (stated === undefined) expect(outcome?.usage.inputTokens).toBeGreaterThan(0)
    else expect(outcome?.usage.inputTokens).toBe(stated)
  })
})

describe.skipIf(!hasTraffic)('recorded completions', () => {
  const recordings = readTraffic(/^openai\.completions\..*\.200\./)

  test.each(recordings.map((recording) => [recording.file, recording] as const))('%s', async (_, recording) => {
    const sent = { path: '/v1/completions', query: '', body: recording.request ?? {} }
    const { status, text, entries } = await replay(recording, 'openai-completions', sent, 3)
    expect(status).toBe(200)
    expect(valuesOf(withoutCost(text))).toEqual(valuesOf(recording.body))
    const usage = valuesOf(recording.body)
      .map((value) => asRecord(value).usage)
      .findLast((one) => one != null)
    expect(entries[0]?.outcome.usage).toMatchObject({
      inputTokens: asRecord(usage).prompt_tokens,
      outputTokens: asRecord(usage).completion_tokens,
    })
  })
})

test.skipIf(hasTraffic)('recorded exchanges are NOT HERE: nothing of them was replayed', () => {
  expect(hasTraffic).toBe(false)
})
