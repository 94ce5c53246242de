import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { StipendError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Nanos } from '../core/money.ts'
import { isAway, isDataError } from '../db/is-away.ts'
import { closeAll } from './close-all.ts'
import type { CloseAnswer, CloseItem, CloseKind, RequestOutcome } from './close-batch.ts'
import { closeWhatCanBe } from './close-what-can-be.ts'
import { createBatcher } from './create-batcher.ts'
import { createClockSkew } from './create-clock-skew.ts'
import { createSpool } from './create-spool.ts'
import { createWaitingRoom, type Verdict } from './create-waiting-room.ts'
import { persist } from './persist.ts'
import { refuse } from './refuse.ts'
import { type ReserveAnswer, type ReserveItem, reserveBatch } from './reserve-batch.ts'
import { storableNanos } from './storable-nanos.ts'
import { type TopUpRequest, topUp } from './top-up.ts'

const maxBatchItems = 512
const leaseSeconds = 30
const renewMs = 10_000
const expireMs = 10_000
const expireAtOnce = 1_000
const partitionsMs = 3_600_000
const verifyMs = 60_000
const sumMs = 60_000
const daysAtOnce = 10
const longestCloseMs = 2_000
const verifyEvery = '1 hour'
const busyRetryAfterMs = 1_000

export interface LedgerOptions {
  pool: pg.Pool
  log: { warn(facts: object, message: string): void; error(facts: object, message: string): void }
  /** Folder for closings that wait for the database. */
  spoolFolder: string
  /** How long a request waits for money that only other reservations hold. */
  waitMs: number
  /** Hears of requests whose rows are committed, a batch at a time. */
  onEnded?: (outcomes: RequestOutcome[]) => void
}

export interface ReserveRequest extends Omit<ReserveItem, 'keyId'> {
  caller: { keyId: string; projectId: string; membershipId: string | null; organizationId: string }
  signal: AbortSignal
}

export interface Reservation {
  requestId: string
  amountNanos: Nanos
  /** How long it stood in line for money that other reservations held. */
  waitedMs?: number
}

/** The ledger of one gateway process. */
export interface OpenLedger {
  reserve(request: ReserveRequest): Promise<Reservation>
  /** Makes a reservation larger before one more dispatch; null when that cannot be had at once. */
  topUp(request: TopUpRequest): Promise<Reservation | null>
  settle(reservation: Reservation, outcome: RequestOutcome): Promise<void>
  release(reservation: Reservation, outcome: RequestOutcome): Promise<void>
  record(outcome: RequestOutcome): Promise<void>
  /** Closings that wait on disk for the database. */
  spooled(): number
  close(): Promise<void>
}

/** Opens the ledger: registers this process as a node, and keeps its lease and the partitions of requests alive. */
export async function openLedger({ pool, log, spoolFolder, waitMs, onEnded }: LedgerOptions): Promise<OpenLedger> {
  const nodeId = newId()
  const waitingRoom = createWaitingRoom(waitMs / 4)
  /** Requests that ask for a reservation, hold one, or whose closing is not committed yet. */
  const held = new Set<string>()
  const clockSkew = createClockSkew()
  // The node is known before anything bears its name.
  let lastRenewal = await renew()
  const spool = await createSpool({
    folder: spoolFolder,
    nodeId,
    async findDead(nodeIds) {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT name AS id FROM unnest($1::text[]) AS name WHERE NOT EXISTS (SELECT FROM nodes n WHERE n.id::text = name AND n.lease_until > now())',
        [nodeIds],
      )
      return rows.map(({ id }) => id)
    },
    async commit(items) {
      const refused: CloseItem[] = []
      for (let first = 0; first < items.length; first += maxBatchItems) {
        const part = items.slice(first, first + maxBatchItems)
        const unbookable = await closeWhatCanBe(pool, part, log)
        const closed = part.filter((item) => !unbookable.includes(item)).map(({ outcome }) => outcome)
        for (const { requestId } of closed) held.delete(requestId)
        onEnded?.(closed)
        refused.push(...unbookable)
      }
      waitingRoom.stir()
      return refused
    },
    onTrouble: (error) => log.warn({ error: String(error), waiting: spool?.size() }, 'closings wait for the database'),
  })

  const reserveInBatch = createBatcher<ReserveItem, ReserveAnswer>(
    (items, again) => persist((retried) => reserveBatch(pool, nodeId, items, again || retried)),
    { maxItems: maxBatchItems, isDataError },
  )
  const closeInBatch = createBatcher<CloseItem, CloseAnswer>(
    async (items) => {
      const answers = await persist(() => closeAll(pool, items))
      onEnded?.(items.map(({ outcome }) => outcome))
      return answers
    },
    { maxItems: maxBatchItems, isDataError },
  )

  async function reserve(request: ReserveRequest): Promise<Reservation> {
    const item: ReserveItem = {
      requestId: request.requestId,
      keyId: request.caller.keyId,
      modelId: request.modelId,
      wantNanos: storableNanos(request.wantNanos),
      comfortNanos: storableNanos(request.comfortNanos),
      floorNanos: storableNanos(request.floorNanos),
    }
    held.add(item.requestId)
    try {
      return await obtain(request, item)
    } catch (error) {
      held.delete(item.requestId)
      throw error
    }
  }

  async function obtain(request: ReserveRequest, item: ReserveItem): Promise<Reservation> {
    const startedMs = performance.now()
    const place = placesOf(request).find(waitingRoom.isHeldUp)
    const first = place === undefined ? await ask(item) : await waitInLine(item, place, request.signal)
    const answer = first?.outcome === 'busy' ? await waitInLine(item, placeOf(first), request.signal) : first
    // Whoever waited to the end takes what there is, if that serves at all, or hears what stands in the way now.
    const last = answer ?? (await ask({ ...item, comfortNanos: item.floorNanos }))
    if (last.outcome !== 'reserved') throw refuse(last)
    const waitedMs = answer === first && place === undefined ? 0 : Math.round(performance.now() - startedMs)
    return { requestId: request.requestId, amountNanos: last.amountNanos, waitedMs }
  }

  function waitInLine(item: ReserveItem, place: string, signal: AbortSignal): Promise<ReserveAnswer | null> {
    const attempt = async (): Promise<Verdict<ReserveAnswer>> => {
      const next = await ask(item)
      return next.outcome === 'busy' ? { done: false } : { done: true, value: next }
    }
    return waitingRoom.wait(place, attempt, Date.now() + waitMs, signal)
  }

  async function ask(item: ReserveItem): Promise<ReserveAnswer> {
    try {
      return await reserveInBatch(item)
    } catch (cause) {
      log.warn({ error: String(cause) }, 'a reservation failed')
      throw new StipendError(
        'unavailable',
        'The ledger cannot be reached just now, so nothing was sent. Retry shortly.',
        {
          retryAfterMs: busyRetryAfterMs,
          cause,
        },
      )
    }
  }

  async function close(kind: CloseKind, outcome: RequestOutcome): Promise<void> {
    const item = { kind, outcome }
    try {
      const answer = await closeInBatch(item)
      held.delete(outcome.requestId)
      if (answer === 'already closed') log.warn({ requestId: outcome.requestId, kind }, 'a request was closed twice')
      if (answer === 'settled late') log.warn({ requestId: outcome.requestId, kind }, 'an expired request was settled')
      if (kind !== 'record') waitingRoom.stir()
    } catch (error) {
      if (!isAway(error))
        log.error({ error: String(error), requestId: outcome.requestId }, 'a closing was refused; it is kept')
      await spool.keep([item])
    }
  }

  async function renew(): Promise<Date> {
    const beforeMs = Date.now()
    const { rows } = await pool.query<{ now: Date }>('SELECT renew_lease($1, $2) AS now', [nodeId, leaseSeconds])
    clockSkew.compare(beforeMs, rows[0]!.now, Date.now())
    return rows[0]!.now
  }

  async function renewAndDropStrays(): Promise<void> {
    const before = lastRenewal
    lastRenewal = await renew()
    const { rows } = await pool.query<{ strays: number }>('SELECT ledger_drop_strays($1, $2, $3) AS strays', [
      nodeId,
      [...held],
      before,
    ])
    if (rows[0]!.strays === 0) return
    log.warn({ strays: rows[0]!.strays }, 'reservations whose reply was lost were given back')
    waitingRoom.stir()
  }

  async function expire(): Promise<void> {
    await spool.adopt().catch((error: unknown) => log.warn({ error: String(error) }, 'the spool cannot be read'))
    const { rows } = await pool.query<{ expired: number }>('SELECT ledger_expire($1) AS expired', [expireAtOnce])
    if (rows[0]!.expired > 0) waitingRoom.stir()
  }

  async function makePartitions(): Promise<void> {
    await pool.query('SELECT ensure_request_partitions(CURRENT_DATE - 1, CURRENT_DATE + 3)')
  }

  async function verify(): Promise<void> {
    const { rows } = await pool.query<{ organization_id: string; mismatch_count: number }>(
      'SELECT organization_id, mismatch_count FROM ledger_verify_due($1)',
      [verifyEvery],
    )
    for (const { organization_id: organizationId, mismatch_count: mismatches } of rows) {
      if (mismatches > 0) log.error({ organizationId, mismatches }, 'the ledger does not add up')
    }
  }

  /** A few days a transaction, so that none is long; what a new release finds unsummed is done in one go of many. */
  async function sumDays(): Promise<void> {
    for (let done = daysAtOnce; done === daysAtOnce; ) {
      const { rows } = await pool.query<{ done: number }>('SELECT usage_sum_days($1) AS done', [daysAtOnce])
      done = rows[0]!.done
    }
  }

  await spool.adopt().catch((error: unknown) => {
    log.warn({ error: String(error) }, 'could not take over what others left in the spool; trying again')
  })
  const timers = [
    repeat(renewMs, 'renew the lease', renewAndDropStrays),
    repeat(expireMs, 'expire orphans', expire),
    repeat(partitionsMs, 'make partitions', makePartitions),
    repeat(verifyMs, 'verify the ledger', verify),
    repeat(sumMs, 'sum days of usage', sumDays),
  ]
  // After a long pause today's partition is missing; until it is there rows lie in the default one.
  await makePartitions().catch((error) => log.warn({ error: String(error) }, 'could not make partitions; trying again'))

  function repeat(everyMs: number, what: string, work: () => Promise<void>): NodeJS.Timeout {
    const timer = setInterval(() => {
      work().catch((error) => log.warn({ error: String(error) }, `could not ${what}; trying again`))
    }, everyMs)
    return timer.unref()
  }

  return {
    reserve,
    async topUp(request) {
      const amountNanos = await persist(() => topUp(pool, request)).catch((error: unknown) => {
        log.warn({ error: String(error) }, 'a reservation could not be topped up')
        return null
      })
      return amountNanos === null ? null : { requestId: request.requestId, amountNanos }
    },
    settle: (_, outcome) => close('settlement', outcome),
    release: (_, outcome) => close('release', outcome),
    // Sent again it bears the same moment, so that it is known there.
    record: (outcome) => close('record', { ...outcome, createdAt: clockSkew.bound(outcome.createdAt) }),
    spooled: () => spool.size(),
    async close() {
      // Callers who left a moment ago are still being settled.
      for (const until = Date.now() + longestCloseMs; held.size > spool.size() && Date.now() < until; ) await sleep(10)
      for (const timer of timers) clearInterval(timer)
      await spool.close()
      // What this node could not close is somebody else's from now on.
      await pool.query('SELECT renew_lease($1, 0)', [nodeId]).catch((error: unknown) => {
        log.warn({ error: String(error) }, 'could not give up the lease; it runs out by itself')
      })
    },
  }
}

/** Where a request waits: all budgets of a scope share a line, so that whoever comes knows which lines are its own. */
function placeOf({ binding }: ReserveAnswer): string {
  const { counterId, scopeId, model, tag } = binding!
  return model === null && tag === null ? scopeId : counterId
}

function placesOf({ caller }: ReserveRequest): string[] {
  return [caller.keyId, caller.membershipId, caller.projectId, caller.organizationId].filter((id) => id !== null)
}
