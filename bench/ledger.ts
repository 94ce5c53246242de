import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { newId } from '#lib/core/ids.ts'
import { appDatabaseUrl } from '#lib/db/app-database-url.ts'
import { migrate } from '#lib/db/migrate.ts'
import { provision } from '#lib/db/provision.ts'
import { startPostgres } from '#server/postgres/start-postgres.ts'
import { type BenchKey, type LedgerLoad, openLoad, runClosed, runOpen } from './ledger-load.ts'

const secret = 'a secret that this bench alone knows, and then nobody'
const secondsEach = 5
const historyEntries = 10_000_000

/** Reserve and settle against real Postgres, durable, with key, project and organization all binding. */
export async function benchLedger(flags: string[]): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'stipend-bench-'))
  await chmod(home, 0o755)
  const postgres = await startPostgres(home)
  try {
    await migrate(postgres.databaseUrl)
    await provision(postgres.databaseUrl, secret)
    const key = await makeLab(postgres.databaseUrl)
    const appUrl = appDatabaseUrl(postgres.databaseUrl, secret)
    const load = await openLoad(appUrl, home, key)
    print(`ledger on ${cpus().length} cores, fsync and synchronous commit on, three budgets binding`)
    print(`  the machine's load before: ${loadavg()[0]!.toFixed(1)}`)
    const plain = await plainTransactions(postgres.databaseUrl)
    print(`  plain one-row updates   ${Math.round(plain)} /s (one connection, the reference)`)
    await runClosed(load, 64, 2) // warm
    await measureIdle(load, 'idle')
    const open = await runOpen(load, 1_000, secondsEach)
    print(`  1,000 /s, open loop     reserve p50 ${quantile(open, 0.5)} ms  p99 ${quantile(open, 0.99)} ms`)
    for (const callers of [1, 16, 64, 256, 1024]) {
      const { rate, waits } = await runClosed(load, callers, secondsEach)
      print(
        `  ${String(callers).padStart(4)} callers            ${Math.round(rate)} pairs/s (${(rate / plain).toFixed(1)} × reference)  reserve p50 ${quantile(waits, 0.5)} ms  p99 ${quantile(waits, 0.99)} ms`,
      )
    }
    await measureTwoProcesses(load, appUrl, home, key, plain)
    if (flags.includes('--history')) await measureAfterHistory(load, postgres.databaseUrl, key)
    await load.close()
  } finally {
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
}

async function measureIdle(load: LedgerLoad, name: string): Promise<void> {
  const waits: number[] = []
  for (let index = 0; index < 500; index++) waits.push(await load.pair())
  print(`  ${`${name} reserve`.padEnd(23)} p50 ${quantile(waits, 0.5)} ms  p99 ${quantile(waits, 0.99)} ms`)
}

async function measureTwoProcesses(load: LedgerLoad, appUrl: string, home: string, key: BenchKey, plain: number) {
  const callers = 512
  const child = fork(
    new URL('./ledger-process.ts', import.meta.url),
    [appUrl, home, JSON.stringify(key), String(callers), String(secondsEach)],
    { execArgv: ['--disable-warning=ExperimentalWarning'] },
  )
  await once(child, 'message')
  child.send('go')
  const [mine, [theirs]] = await Promise.all([runClosed(load, callers, secondsEach), once(child, 'message')])
  const rate = mine.rate + theirs
  print(`  two processes, ${callers} each ${Math.round(rate)} pairs/s (${(rate / plain).toFixed(1)} × reference)`)
}

/** The same again with a busy day behind: at rest, then while the books are derived anew from all of it. */
async function measureAfterHistory(load: LedgerLoad, url: string, key: BenchKey): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const loading = performance.now()
    await loadHistory(client, key)
    print(`  ${historyEntries.toLocaleString('en')} entries loaded in ${secondsSince(loading)} s`)
    const resting = performance.now()
    await comeToRest(client)
    print(`  at rest after           ${secondsSince(resting)} s`)
    await measureAgain(load, 'then')
    const verifying = performance.now()
    const verification = client.query('SELECT count(*)::int AS mismatches FROM ledger_verify($1)', [key.organizationId])
    await measureAgain(load, 'verifying')
    const { rows } = await verification
    print(`  verified in             ${secondsSince(verifying)} s, ${rows[0].mismatches} mismatches`)
  } finally {
    await client.end()
  }
}

async function measureAgain(load: LedgerLoad, when: string): Promise<void> {
  await measureIdle(load, `idle, ${when}`)
  const { rate } = await runClosed(load, 256, secondsEach)
  print(`  ${` 256 callers, ${when}`.padEnd(23)} ${Math.round(rate)} pairs/s`)
}

/** A busy day of this very organization on the same counters: books that are right, one in ten with a row of its own. */
async function loadHistory(client: pg.Client, key: BenchKey): Promise<void> {
  await client.query('SET synchronous_commit = off')
  const step = 1_000_000
  for (let first = 0; first < historyEntries; first += step) {
    await client.query(
      `WITH made AS MATERIALIZED (SELECT gen_random_uuid() AS id, n % 10 = 0 AS settled FROM generate_series(1, $5::int) n), entries AS (
         INSERT INTO ledger_entries (request_id, organization_id, project_id, key_id, model_id, kind, reserved_nanos, cost_nanos, counter_ids, reserved_at)
         SELECT id, $1, $2, $3, $4, (CASE WHEN settled THEN 'settlement' ELSE 'release' END)::entry_kind, 1000, 0,
           (SELECT array_agg(c.id ORDER BY c.id) FROM budget_counters c), now()
         FROM made
       ), ended AS (
         INSERT INTO requests (id, created_at, organization_id, project_id, key_id, model_id, model, dialect, stream, status, cost_nanos,
           reserved_nanos, overrun_nanos, estimated, latency_ms)
         SELECT id, now(), $1, $2, $3, $4, 'm', 'openai-chat', false, 200, 0, 1000, 0, false, 1 FROM made WHERE settled
         RETURNING created_at
       )
       INSERT INTO usage_hours (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome, requests,
         input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
       SELECT date_trunc('hour', created_at), $1, $2, none, $3, $4, none, 'ok', count(*), 0, 0, 0, 0, 0, 0, count(*)
       FROM ended, (SELECT '00000000-0000-0000-0000-000000000000'::uuid AS none) nobody
       GROUP BY date_trunc('hour', created_at), none
       ON CONFLICT (organization_id, hour, project_id, membership_id, key_id, model_id, provider_id, outcome)
       DO UPDATE SET requests = usage_hours.requests + EXCLUDED.requests`,
      [key.organizationId, key.projectId, key.keyId, key.modelId, step],
    )
  }
}

/** Cleans up after the load, as Postgres does by itself in its own time, and waits until it does nothing else. */
async function comeToRest(client: pg.Client): Promise<void> {
  await client.query('VACUUM (ANALYZE) ledger_entries, requests, usage_hours, budget_counters, reservations')
  await client.query('CHECKPOINT')
  for (;;) {
    const { rows } = await client.query(
      `SELECT FROM pg_stat_activity
       WHERE pid <> pg_backend_pid() AND (backend_type = 'autovacuum worker' OR (backend_type = 'client backend' AND state = 'active'))`,
    )
    if (rows.length === 0) return
    await new Promise((done) => setTimeout(done, 1_000))
  }
}

function secondsSince(begun: number): number {
  return Math.round((performance.now() - begun) / 1000)
}

async function makeLab(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const [organizationId, projectId, keyId, modelId] = [newId(), newId(), newId(), newId()]
  await client.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'bench', 'Bench')", [organizationId])
  await client.query("INSERT INTO projects (id, organization_id, name) VALUES ($1, $2, 'P')", [
    projectId,
    organizationId,
  ])
  await client.query("INSERT INTO models (id, organization_id, name) VALUES ($1, $2, 'm')", [modelId, organizationId])
  await client.query(
    "INSERT INTO keys (id, organization_id, project_id, name, secret_hash, secret_hint) VALUES ($1, $2, $3, 'k', 'x', 'x')",
    [keyId, organizationId, projectId],
  )
  for (const [scope, scopeId] of [
    ['organization', organizationId],
    ['project', projectId],
    ['key', keyId],
  ]) {
    await client.query(
      "INSERT INTO budgets (id, organization_id, scope, scope_id, period, limit_nanos) VALUES ($1, $2, $3, $4, 'month', 1000000000000)",
      [newId(), organizationId, scope, scopeId],
    )
  }
  await client.end()
  return { organizationId, projectId, keyId, modelId }
}

/** What Postgres does here with one row, one statement and one commit at a time. */
async function plainTransactions(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('CREATE TABLE plain (n bigint)')
  await client.query('INSERT INTO plain VALUES (0)')
  const begun = performance.now()
  let count = 0
  while (performance.now() - begun < 2_000) {
    await client.query({ name: 'plain', text: 'UPDATE plain SET n = n + 1' })
    count++
  }
  const rate = count / ((performance.now() - begun) / 1000)
  await client.end()
  return rate
}

function quantile(values: number[], part: number): string {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(2)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
