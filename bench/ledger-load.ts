import { join } from 'node:path'
import { newId } from '#lib/core/ids.ts'
import { unknownUsage } from '#lib/core/usage.ts'
import { openPool } from '#lib/db/pool.ts'
import { openLedger } from '#lib/ledger/open-ledger.ts'
import { createAnnouncer } from '#lib/live/create-announcer.ts'

export interface BenchKey {
  organizationId: string
  projectId: string
  keyId: string
  modelId: string
}

export interface LedgerLoad {
  /** One reservation and its settlement; how long the reservation took, in ms. */
  pair(): Promise<number>
  close(): Promise<void>
}

/** The ledger of one process, ready to be measured. */
export async function openLoad(appUrl: string, home: string, key: BenchKey): Promise<LedgerLoad> {
  const pool = openPool(appUrl, 4)
  const log = { warn: () => undefined, error: (facts: object, message: string) => console.error(message, facts) }
  const announcer = createAnnouncer({ pool, log })
  const ledger = await openLedger({
    pool,
    log,
    spoolFolder: join(home, 'spool'),
    waitMs: 1_000,
    onEnded: announcer.ended,
  })
  const { signal } = new AbortController()
  const caller = { ...key, membershipId: null }
  const amounts = { wantNanos: 1_000n, comfortNanos: 1_000n, floorNanos: 1_000n }
  return {
    async pair() {
      const requestId = newId()
      const begun = performance.now()
      const reservation = await ledger.reserve({ requestId, caller, modelId: key.modelId, ...amounts, signal })
      const tookMs = performance.now() - begun
      await ledger.settle(reservation, {
        requestId,
        createdAt: new Date(),
        caller,
        model: 'm',
        modelId: key.modelId,
        deployment: null,
        dialect: 'openai-chat',
        stream: false,
        status: 200,
        errorCode: null,
        usage: { ...unknownUsage, inputTokens: 10, outputTokens: 5 },
        costNanos: 400n,
        estimated: false,
        latencyMs: 1,
        firstTokenMs: null,
        finishReason: 'stop',
        attempts: [],
      })
      return tookMs
    },
    async close() {
      await ledger.close()
      await announcer.close()
      await pool.end()
    },
  }
}

/** Callers that begin anew as soon as they are done. */
export async function runClosed(
  load: LedgerLoad,
  callers: number,
  seconds: number,
): Promise<{ rate: number; waits: number[] }> {
  const waits: number[] = []
  const begun = performance.now()
  const until = begun + seconds * 1000
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < until) waits.push(await load.pair())
    }),
  )
  return { rate: waits.length / ((performance.now() - begun) / 1000), waits }
}

/** Requests that come when they come, so many a second, however long those before them take. */
export async function runOpen(load: LedgerLoad, perSecond: number, seconds: number): Promise<number[]> {
  const waits: number[] = []
  const running: Promise<void>[] = []
  const begun = performance.now()
  while (performance.now() - begun < seconds * 1000) {
    const due = ((performance.now() - begun) / 1000) * perSecond
    while (running.length < due) {
      running.push(load.pair().then((tookMs) => void waits.push(tookMs)))
    }
    await new Promise((done) => setTimeout(done, 1))
  }
  await Promise.all(running)
  return waits
}
