import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { newId } from '#lib/core/ids.ts'
import { unknownUsage } from '#lib/core/usage.ts'
import { appDatabaseUrl } from '#lib/db/app-database-url.ts'
import { migrate } from '#lib/db/migrate.ts'
import { openPool } from '#lib/db/pool.ts'
import { provision } from '#lib/db/provision.ts'
import { openLedger } from '#lib/ledger/open-ledger.ts'
import { startPostgres } from '#server/postgres/start-postgres.ts'

const secret = 'a secret that this bench alone knows, and then nobody'
const secondsEach = 6

/** Reserve and settle against real Postgres, durable, with key, project and organization all binding. */
export async function benchLedger(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'stipend-bench-'))
  await chmod(home, 0o755)
  const postgres = await startPostgres(home)
  try {
    await migrate(postgres.databaseUrl)
    await provision(postgres.databaseUrl, secret)
    const key = await makeLab(postgres.databaseUrl)
    const pool = openPool(appDatabaseUrl(postgres.databaseUrl, secret), 4)
    const ledger = await openLedger({ pool, log: console, spoolFolder: join(home, 'spool'), waitMs: 1_000 })
    const never = new AbortController().signal
    const caller = { ...key, membershipId: null }

    const reserve = (requestId: string) =>
      ledger.reserve({
        requestId,
        caller,
        modelId: key.modelId,
        wantNanos: 1_000n,
        comfortNanos: 1_000n,
        floorNanos: 1_000n,
        signal: never,
      })
    const settle = (requestId: string) =>
      ledger.settle(
        { requestId, amountNanos: 1_000n },
        {
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
        },
      )

    print(`ledger on ${cpus().length} cores, fsync and synchronous commit on, three budgets binding`)
    const idle: number[] = []
    for (let index = 0; index < 500; index++) {
      const requestId = newId()
      const begun = performance.now()
      await reserve(requestId)
      idle.push(performance.now() - begun)
      await settle(requestId)
    }
    print(`  idle reserve            p50 ${quantile(idle, 0.5)} ms  p99 ${quantile(idle, 0.99)} ms`)

    const plain = await plainTransactions(postgres.databaseUrl)
    print(`  plain one-row updates   ${Math.round(plain)} /s (one connection, the reference)`)
    for (const callers of [1, 16, 64, 256, 1024]) {
      const waits: number[] = []
      const until = performance.now() + secondsEach * 1000
      let pairs = 0
      const begun = performance.now()
      await Promise.all(
        Array.from({ length: callers }, async () => {
          while (performance.now() < until) {
            const requestId = newId()
            const asked = performance.now()
            await reserve(requestId)
            waits.push(performance.now() - asked)
            await settle(requestId)
            pairs++
          }
        }),
      )
      const rate = pairs / ((performance.now() - begun) / 1000)
      print(
        `  ${String(callers).padStart(4)} callers            ${Math.round(rate)} pairs/s (${(rate / plain).toFixed(1)} × reference)  reserve p50 ${quantile(waits, 0.5)} ms  p99 ${quantile(waits, 0.99)} ms`,
      )
    }
    await ledger.close()
    await pool.end()
  } finally {
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
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
