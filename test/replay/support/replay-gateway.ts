import type { DialectName, Wire } from '#lib/core/dialects.ts'
import type { Gateway } from '#proxy/gateway.ts'
import { fetchMount } from '#proxy/mounts/fetch.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import { memoryAnswers } from '#test/proxy/support/memory-answers.ts'
import { MemoryLedger } from '#test/proxy/support/memory-ledger.ts'
import { cutAnywhere, randomFrom } from '#test/proxy/support/random.ts'
import type { Recording } from '#test/proxy/support/traffic.ts'
import { caller, deploymentOf, routeOf } from '#test/proxy/support/world.ts'

/** What the recordings of an API were spoken in. */
export const wires: Record<string, { speaks: DialectName; wire: Wire; path: string }> = {
  chat_completions: { speaks: 'openai-chat', wire: 'openai', path: '/v1/chat/completions' },
  messages: { speaks: 'anthropic-messages', wire: 'anthropic', path: '/v1/messages' },
  generateContent: { speaks: 'gemini', wire: 'gemini', path: `/v1beta/models/replayed:` },
  responses: { speaks: 'openai-responses', wire: 'openai', path: '/v1/responses' },
  completions: { speaks: 'openai-completions', wire: 'openai', path: '/v1/completions' },
  embeddings: { speaks: 'openai-embeddings', wire: 'openai', path: '/v1/embeddings' },
}

export const model = 'replayed'

/** How a recording is asked for: some of one API were asked in another dialect's way. */
export function wireOf({ path }: Recording, api: string): (typeof wires)[string] {
  const method = api === 'embeddings' && /:(embedContent|batchEmbedContents)$/.exec(path ?? '')?.[1]
  return method ? { speaks: 'gemini', wire: 'gemini', path: `/v1beta/models/${model}:${method}` } : wires[api]!
}

/** A gateway whose vendor answers everything with one recording, its bytes cut as `seed` says. */
export function replayGateway(recording: Recording, api: string, seed: number) {
  const ledger = new MemoryLedger(10n ** 18n)
  const { speaks, wire } = wireOf(recording, api)
  const upstreamModel = String(recording.request?.model ?? 'unknown')
  const deployment = deploymentOf({ baseUrl: 'http://vendor.test' }, { upstreamModel, speaks: [speaks], wire })
  const health = openHealth({ clock: { now: () => 0 } })
  const gateway: Gateway = {
    keys: { authenticate: async () => caller, describe: async () => ({}) },
    limits: { enter: () => ({ headers: {}, expect: () => undefined, leave: () => undefined }) },
    routes: {
      resolve: async () => routeOf(model, [deployment], { maxOutputTokens: 100_000, contextTokens: null }),
      list: async () => [],
    },
    ledger,
    answers: memoryAnswers(),
    upstream: {
      send: async () => ({
        status: recording.status,
        headers: recording.contentType ? { 'content-type': recording.contentType } : {},
        body: (async function* () {
          yield* cutAnywhere(Buffer.from(recording.body), randomFrom(seed))
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
      queueWaitMs: 1_000,
    },
  }
  const handle = fetchMount(gateway)
  const send: typeof fetch = (input, init) => handle(new Request(input, init))
  return { send, ledger }
}
