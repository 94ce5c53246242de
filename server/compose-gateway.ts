import { join } from 'node:path'
import { createAnswers } from '#lib/answers/create-answers.ts'
import { describeOwnKey } from '#lib/api/describe-own-key.ts'
import type { Member } from '#lib/auth/member.ts'
import { pool } from '#lib/db/pool.ts'
import { environment } from '#lib/environment.ts'
import { createAuthenticate } from '#lib/keys/authenticate-key.ts'
import { openLedger } from '#lib/ledger/open-ledger.ts'
import { createMemoryLimits } from '#lib/limits/create-memory-limits.ts'
import { createSharedLimits } from '#lib/limits/create-shared-limits.ts'
import { createAnnouncer } from '#lib/live/create-announcer.ts'
import { log } from '#lib/log.ts'
import { isAllowedAddress } from '#lib/outbound/is-allowed-address.ts'
import { openCredential } from '#lib/providers/credential.ts'
import { openGoogleTokens } from '#lib/providers/google-tokens.ts'
import { createRoutes } from '#lib/routing/create-routes.ts'
import { openHealthRecords } from '#lib/routing/open-health-records.ts'
import type { Gateway } from '#proxy/gateway.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import { openPools } from '#proxy/upstream/open-pools.ts'
import { sendUpstream } from '#proxy/upstream/send-upstream.ts'
import { callWithOwnKey, type OwnCall, type StartedCall } from './call-with-own-key.ts'

const bytesPerMegabyte = 1024 * 1024

/** For routes that set nothing else. */
const maxAttempts = 5
const backoffMs = 250
const retryForMs = 120_000
const queueWaitMs = 300_000

export interface ComposedGateway {
  gateway: Gateway
  callWithOwnKey(member: Member, keyId: string, call: OwnCall): StartedCall
  /** Waits for what is on its way and lets go of everything. */
  close(): Promise<void>
}

/** Joins the gateway's ports to the real thing. */
export async function composeGateway(): Promise<ComposedGateway> {
  const settings = environment()
  const database = pool()
  const announcer = createAnnouncer({ pool: database, log })
  const ledger = await openLedger({
    pool: database,
    log,
    onEnded: announcer.ended,
    spoolFolder: join(settings.STIPEND_HOME, 'spool'),
    waitMs: settings.STIPEND_BUDGET_WAIT_SECONDS * 1000,
  })
  const upstreamMs = settings.STIPEND_UPSTREAM_TIMEOUT_SECONDS * 1000
  const pools = openPools({
    headersMs: upstreamMs,
    idleMs: upstreamMs,
    isAllowedAddress: (ip) => isAllowedAddress(ip, settings.STIPEND_ALLOW_PRIVATE_UPSTREAMS),
  })
  const tokenFor = openGoogleTokens()
  const health = openHealth({ clock: { now: Date.now }, onChange: (change) => records.note(change) })
  const records = openHealthRecords({
    pool: database,
    log,
    takeFigures: health.takeFigures,
    onWritten: announcer.health,
  })
  const limits = settings.REDIS_URL ? createSharedLimits({ url: settings.REDIS_URL, log }) : null
  const gateway = {
    keys: { authenticate: createAuthenticate(database, settings.STIPEND_SECRET), describe: describeOwnKey },
    limits: limits ?? createMemoryLimits(),
    routes: createRoutes(database, openCredential),
    ledger,
    health,
    queue: openQueue({ clock: { now: Date.now }, health, share: () => 1 / (limits?.gateways() ?? 1) }),
    answers: createAnswers(database, log),
    upstream: { send: (request) => sendUpstream(pools, request, tokenFor) },
    clock: { now: Date.now },
    log,
    settings: {
      maxBodyBytes: settings.STIPEND_MAX_BODY_MB * bytesPerMegabyte,
      upstreamHeadersMs: upstreamMs,
      upstreamIdleMs: upstreamMs,
      budgetWaitMs: settings.STIPEND_BUDGET_WAIT_SECONDS * 1000,
      beginWithinMs: upstreamMs + retryForMs,
      maxAttempts,
      backoffMs,
      queueWaitMs,
    },
  } satisfies Gateway
  return {
    gateway,
    callWithOwnKey: (member, keyId, call) => callWithOwnKey(gateway, member, keyId, call),
    async close() {
      await pools.close()
      await records.close()
      await limits?.close()
      await ledger.close()
      await announcer.close()
    },
  }
}
