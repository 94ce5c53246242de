import type { DialectName, Wire } from '#lib/core/dialects.ts'
import type { Deployment, Gateway } from '#proxy/gateway.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import type { Pools } from '#proxy/upstream/open-pools.ts'
import { sendUpstream } from '#proxy/upstream/send-upstream.ts'
import { memoryAnswers } from '#test/proxy/support/memory-answers.ts'
import { MemoryLedger } from '#test/proxy/support/memory-ledger.ts'
import { caller, deploymentOf, routeOf } from '#test/proxy/support/world.ts'

/** The gateway without a database: what a stream costs besides its two transactions, which `bench ledger` measures. */
export function memoryGateway(baseUrl: string, speaks: DialectName, wire: Wire, pools: Pools): Gateway {
  const deployment: Deployment = deploymentOf({ baseUrl }, { speaks: [speaks], wire })
  const clock = { now: Date.now }
  const health = openHealth({ clock })
  return {
    keys: { authenticate: async () => caller, describe: async () => ({}) },
    limits: { enter: () => ({ headers: {}, expect: () => undefined, leave: () => undefined }) },
    routes: { resolve: async (_, model) => routeOf(model, [deployment]), list: async () => [] },
    ledger: new MemoryLedger(10n ** 18n),
    answers: memoryAnswers(),
    upstream: { send: (request) => sendUpstream(pools, request) },
    health,
    queue: openQueue({ clock, health }),
    clock,
    log: { info() {}, warn() {}, error() {} },
    settings: {
      maxBodyBytes: 1e6,
      upstreamHeadersMs: 30_000,
      upstreamIdleMs: 30_000,
      budgetWaitMs: 1_000,
      beginWithinMs: 30_000,
      maxAttempts: 1,
      queueWaitMs: 0,
      backoffMs: 1,
    },
  }
}
