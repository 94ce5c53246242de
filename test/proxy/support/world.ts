import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StipendError } from '#lib/core/errors.ts'
import { parseUsd } from '#lib/core/money.ts'
import type { Price } from '#lib/core/price.ts'
import type { Caller, Deployment, Gateway, Route } from '#proxy/gateway.ts'
import { fetchMount } from '#proxy/mounts/fetch.ts'
import { type NodeHttpOptions, nodeHttp } from '#proxy/mounts/node-http.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import { openPools, type Pools } from '#proxy/upstream/open-pools.ts'
import { sendUpstream } from '#proxy/upstream/send-upstream.ts'
import { memoryAnswers } from './memory-answers.ts'
import { MemoryLedger } from './memory-ledger.ts'
import { startVendor, type Vendor } from './vendor.ts'

export const secret = 'sk-stp-test'

/** $2.50 and $10 a million: 2,500 and 10,000 nano-dollars a token. */
export const price: Price = {
  id: '01900000-0000-7000-8000-000000000001',
  inputPerMtok: 2_500_000_000n,
  outputPerMtok: 10_000_000_000n,
  cacheReadPerMtok: 1_250_000_000n,
  cacheWritePerMtok: null,
  reasoningPerMtok: null,
  perRequest: 0n,
  tiers: [],
}

export const caller: Caller = {
  organizationId: 'organization',
  projectId: 'project',
  membershipId: null,
  keyId: 'key',
  keyName: 'Ada',
  maxOutputTokens: null,
  allowedIps: [],
  allowedModelIds: null,
  limits: [],
}

/** One attempt, unless a test says otherwise: what each single failure does is to be seen. */
const patience = { beginWithinMs: 5_000, maxAttempts: 1, backoffMs: 1, queueWaitMs: 5_000 }

/** No vendor is taken for a silent one, however busy the machine is; tests of silence say what it is. */
export const longSilenceMs = 60_000

/** For vendors that say nothing more. */
export const shortSilenceMs = 1_000

export const mountNames = ['node:http', 'fetch'] as const
export type MountName = (typeof mountNames)[number]

export interface World {
  vendor: Vendor
  ledger: MemoryLedger
  gateway: Gateway
  /** Change these to change what the next request meets. */
  caller: Caller
  route: Route
  keyError: StipendError | null
  /** Everything that was logged. */
  logged: string[]
  /** Callers who have entered and not left. */
  turns: number
  baseUrl: string
  send: typeof fetch
  post(
    body: unknown,
    options?: { headers?: Record<string, string>; path?: string; signal?: AbortSignal },
  ): Promise<Response>
  close(): Promise<void>
}

/** A gateway with one model, one vendor and one budget behind one of its mounts. */
export async function startWorld(mountName: MountName = 'node:http', options: NodeHttpOptions = {}): Promise<World> {
  const vendor = await startVendor()
  const ledger = new MemoryLedger(parseUsd('100') ?? 0n)
  const pools = openPools({ headersMs: longSilenceMs, idleMs: longSilenceMs, isAllowedAddress: () => true })
  const world = {
    vendor,
    ledger,
    caller: { ...caller },
    route: routeTo(vendor),
    keyError: null as StipendError | null,
    logged: [] as string[],
    turns: 0,
  }
  const gateway = gatewayOf(world, ledger, pools)
  const mounted = await mount(mountName, gateway, options)
  const send: typeof fetch = mounted.send
  return Object.assign(world, {
    gateway,
    baseUrl: mounted.baseUrl,
    send,
    post: (body: unknown, options: Parameters<World['post']>[1] = {}) =>
      send(`${mounted.baseUrl}${options.path ?? '/v1/chat/completions'}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...options.headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(options.signal && { signal: options.signal }),
      }),
    async close() {
      await mounted.close()
      await vendor.close()
      await pools.close()
    },
  })
}

export function deploymentOf(vendor: { baseUrl: string }, more: Partial<Deployment> = {}): Deployment {
  return {
    id: 'deployment',
    organizationId: 'organization',
    providerId: 'provider',
    providerName: 'OpenAI',
    vendor: 'openai',
    wire: 'openai',
    speaks: ['openai-chat'],
    baseUrl: vendor.baseUrl,
    upstreamModel: 'gpt-4o-2024-08-06',
    priority: 0,
    weight: 1,
    requestsPerMinute: null,
    tokensPerMinute: null,
    known: { deployment: null, credential: null },
    price,
    openCredential: () => 'sk-vendor-canary',
    ...more,
  }
}

function routeTo(vendor: Vendor): Route {
  const deployments = [deploymentOf(vendor)]
  return routeOf('gpt-4o', deployments)
}

export function routeOf(model: string, deployments: Deployment[], more: Partial<Route> = {}): Route {
  return {
    modelId: model === 'gpt-4o' ? 'model' : model,
    model,
    maxOutputTokens: 16_384,
    contextTokens: 128_000,
    deployments,
    policy: { connectMs: null, firstTokenMs: null, idleMs: null, totalMs: null, maxAttempts: null, isContinued: false },
    fallbacks: { general: [], context: [], content: [] },
    ...more,
  }
}

function gatewayOf(
  world: Pick<World, 'caller' | 'route' | 'keyError' | 'logged' | 'turns'>,
  ledger: MemoryLedger,
  pools: Pools,
) {
  const note = (facts: object, message: string): void => {
    world.logged.push(`${message} ${JSON.stringify(facts)} ${Object.values(facts).map(String).join(' ')}`)
  }
  const health = openHealth({ clock: { now: Date.now } })
  const gateway: Gateway = {
    keys: {
      async authenticate(presented) {
        if (world.keyError) throw world.keyError
        if (presented !== secret) throw new StipendError('invalid_api_key', 'This key is not known.')
        return world.caller
      },
      describe: async ({ keyName }) => ({ name: keyName }),
    },
    limits: {
      enter() {
        world.turns++
        return { headers: {}, expect: () => undefined, leave: () => world.turns-- }
      },
    },
    routes: {
      async resolve(_caller, model) {
        if (model === 'forbidden') throw new StipendError('model_not_allowed', 'Not for this key.', { param: 'model' })
        if (model !== world.route.model) throw new StipendError('model_not_found', 'No such model.', { param: 'model' })
        return world.route
      },
      async list() {
        return ['gpt-4o', 'openai/o3'].map((name) => ({
          name,
          createdAt: new Date('2026-01-02T03:04:05Z'),
          maxOutputTokens: null,
          contextTokens: null,
        }))
      },
    },
    ledger,
    answers: memoryAnswers(),
    upstream: { send: (request) => sendUpstream(pools, request) },
    health,
    queue: openQueue({ clock: { now: Date.now }, health }),
    clock: { now: () => Date.now() },
    log: { info: note, warn: note, error: note },
    settings: {
      maxBodyBytes: 100_000,
      upstreamHeadersMs: longSilenceMs,
      upstreamIdleMs: longSilenceMs,
      budgetWaitMs: 100,
      ...patience,
    },
  }
  return gateway
}

async function mount(name: MountName, gateway: Gateway, options: NodeHttpOptions) {
  if (name === 'fetch') {
    const handle = fetchMount(gateway, { remoteAddressOf: () => '127.0.0.1' })
    const send: typeof fetch = (input, init) => handle(new Request(input, init))
    return { baseUrl: 'http://gateway.test', send, close: async () => {} }
  }
  const server: Server = createServer(nodeHttp(gateway, options))
  // Else a client that was kept waiting sends its next request to a connection that is just being closed.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    send: fetch,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Waits for what happens after the answer, such as the row of a caller who left. */
export async function eventually<T>(look: () => T | undefined | null | false): Promise<T> {
  for (;;) {
    const seen = look()
    if (seen) return seen
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
