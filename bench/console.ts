import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { explorerWindow } from '#app/(console)/[organization]/usage/explorer-window.ts'
import { usageInputOf } from '#app/(console)/[organization]/usage/usage-input-of.ts'
import { usageWindow } from '#app/(console)/usage/usage-window.ts'
import { readUsageQuery } from '#components/usage/usage-view.ts'
import { listAlerts } from '#lib/alerts/list-alerts.ts'
import { listDeliveries } from '#lib/alerts/list-deliveries.ts'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import type { Member } from '#lib/auth/member.ts'
import { forecastBudgets } from '#lib/budgets/forecast-budgets.ts'
import { getBudgetTree } from '#lib/budgets/get-budget-tree.ts'
import { listAsks } from '#lib/budgets/list-asks.ts'
import { listBudgets } from '#lib/budgets/list-budgets.ts'
import { listFullestBudgets } from '#lib/budgets/list-fullest-budgets.ts'
import { listRaises } from '#lib/budgets/list-raises.ts'
import { listChannels } from '#lib/channels/list-channels.ts'
import { migrate } from '#lib/db/migrate.ts'
import { prisma } from '#lib/db/prisma.ts'
import { provision } from '#lib/db/provision.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { listModels } from '#lib/models/list-models.ts'
import { getSetupProgress } from '#lib/organizations/get-setup-progress.ts'
import { listProjects } from '#lib/projects/list-projects.ts'
import { listProviders } from '#lib/providers/list-providers.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import { sumRequests } from '#lib/requests/sum-requests.ts'
import { listHealth } from '#lib/routing/list-health.ts'
import { searchEverything } from '#lib/search/search-everything.ts'
import { foundOrganization } from '#lib/setup/found-organization.ts'
import { exploreUsage } from '#lib/usage/explore-usage.ts'
import { getHeatmap } from '#lib/usage/get-heatmap.ts'
import { getOverview } from '#lib/usage/get-overview.ts'
import { listTopKeys } from '#lib/usage/list-top-keys.ts'
import { startPostgres } from '#server/postgres/start-postgres.ts'

const secret = 'a secret that this bench alone knows, and then nobody'
const keyCount = 1_000
const days = 90
const targetMs = 150
const runs = 9
/** The latest so many have rows of their own; the rollups stand for all ten million whatever this is. */
const requestRows = Number(process.env.BENCH_REQUESTS ?? 11_000_000)
const requestsAnHour = 21
const memberCount = 200
const zone = 'Asia/Shanghai'

interface Seeded {
  hours: number
  days: number
  rows: number
  requests: number
  keyId: string
  owner: Member
}

/**
 * What each page of the console waits for, on a lab with ten million requests of 1,000 keys in 90 days. `--keep` keeps the
 * database and takes the one that was kept; `--page=usage` asks only for pages called so.
 */
export async function benchConsole(flags: string[]): Promise<void> {
  const isKept = flags.includes('--keep')
  const wanted = flags.find((flag) => flag.startsWith('--page='))?.slice('--page='.length) ?? ''
  const home = isKept ? join(tmpdir(), 'stipend-bench-console') : await mkdtemp(join(tmpdir(), 'stipend-bench-'))
  await mkdir(home, { recursive: true })
  await chmod(home, 0o755)
  const postgres = await startPostgres(home)
  try {
    await migrate(postgres.databaseUrl)
    await provision(postgres.databaseUrl, secret)
    // Read once, and before anything asks for it.
    process.env.DATABASE_URL = postgres.databaseUrl
    process.env.STIPEND_SECRET = secret
    const begun = performance.now()
    const { owner, ...seeded } =
      (await takeSeeded(home, postgres.databaseUrl)) ?? (await seedOnce(home, postgres.databaseUrl))
    print(
      `console on ${cpus().length} cores: ${seeded.requests.toLocaleString('en')} requests in ${seeded.hours.toLocaleString('en')} hourly and ${seeded.days.toLocaleString('en')} daily sums, ` +
        `${seeded.rows.toLocaleString('en')} of them as rows; ready in ${Math.round((performance.now() - begun) / 1000)} s`,
    )
    print(`  the machine's load before: ${loadavg()[0]!.toFixed(1)}`)
    print(`  ${'page'.padEnd(44)}${'median'.padStart(8)}${'slowest'.padStart(9)}${'processor'.padStart(11)}`)
    const watch = await watchProcessor(postgres.databaseUrl)
    for (const [page, load] of pagesOf(owner, seeded.keyId)) {
      if (!page.includes(wanted)) continue
      await load()
      const times: number[] = []
      const before = await watch.spentMs()
      for (let run = 0; run < runs; run++) {
        const asked = performance.now()
        await load()
        times.push(performance.now() - asked)
      }
      const processorMs = ((await watch.spentMs()) - before) / runs
      times.sort((a, b) => a - b)
      const median = times[Math.floor(runs / 2)]!
      const columns = [median, times.at(-1)!, processorMs].map((ms) => `${ms.toFixed(0)} ms`)
      print(
        `  ${page.padEnd(44)}${columns[0]!.padStart(8)}${columns[1]!.padStart(9)}${columns[2]!.padStart(11)}${median > targetMs ? `  over ${targetMs} ms` : ''}`,
      )
    }
    await watch.end()
    await prisma().$disconnect()
  } finally {
    await postgres.stop()
    if (!isKept) await rm(home, { recursive: true, force: true })
  }
}

const seededFile = 'seeded.json'

/** What was seeded into a database that was kept, brought up to date; null: nothing whole. */
async function takeSeeded(home: string, url: string): Promise<Seeded | null> {
  const text = await readFile(join(home, seededFile), 'utf8').catch(() => null)
  if (text === null) return null
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await sumDays(client)
  await client.end()
  return JSON.parse(text) as Seeded
}

async function seedOnce(home: string, url: string): Promise<Seeded> {
  const { owner } = await prisma().$transaction((tx) =>
    foundOrganization(tx, {
      organization: 'Bench',
      timeZone: zone,
      locale: 'en',
      ownerLocale: null,
      name: 'Owner',
      email: 'owner@example.com',
      passwordHash: null,
    }),
  )
  const seeded = { ...(await seed(url, owner.organizationId)), owner }
  await writeFile(join(home, seededFile), JSON.stringify(seeded))
  return seeded
}

/** The processor's time of this process and of the whole database server, where the system tells of that (Linux); else only ours. */
async function watchProcessor(url: string) {
  const client = new pg.Client({ connectionString: url })
  // The server stops before us where a page throws; that is told by what it threw.
  client.on('error', () => {})
  await client.connect()
  const ticksMs = 10
  const statOf = async (pid: number) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (index: number) => Number(fields[index] ?? 0)
  }
  const { rows: own } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const server = (await statOf(own[0]!.pid))(1)
  return {
    /** What lives, and what has ended: that is the server's, as its children's. */
    async spentMs(): Promise<number> {
      const { user, system } = process.cpuUsage()
      const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity')
      const stats = await Promise.all(rows.map(({ pid }) => statOf(pid)))
      const ofServer = await statOf(server)
      const ticks = stats.reduce((sum, at) => sum + at(11) + at(12), ofServer(13) + ofServer(14))
      return (user + system) / 1_000 + ticks * ticksMs
    },
    end: () => client.end(),
  }
}

/** The reads of each page, at the same time where the page asks for them so. */
function pagesOf(member: Member, keyId: string): [page: string, load: () => Promise<unknown>][] {
  const overview = (range: '7d' | '30d' | '90d', by: 'model' | 'key') => () => {
    const { from, to, interval } = usageWindow(range, zone)
    return Promise.all([
      getSetupProgress(member),
      listAlerts(member, { state: 'open', limit: 4 }),
      listFullestBudgets(member, { limit: 4 }).then((budgets) =>
        forecastBudgets(
          member,
          budgets.map(({ id }) => id),
        ),
      ),
      getOverview(member, { from, to, interval: 'day' }),
      exploreUsage(member, { from, to, metric: 'spend', groupBy: [by], interval, top: 8, previousMs: null }),
      listTopKeys(member, { from, to, limit: 6 }),
      listRequests(member, { from, status: 'error', limit: 6 }),
      getHeatmap(member, { from, to }),
    ])
  }
  const usage = (search: Record<string, string>) => () => {
    const query = readUsageQuery(search)
    const { from, to, interval, previousMs } = explorerWindow(query, zone)
    return exploreUsage(member, {
      ...usageInputOf(query),
      from,
      to,
      interval,
      metric: query.metric,
      top: Number(query.top),
      previousMs: query.compare ? previousMs : null,
    })
  }
  const requests = (hours: number) => () => {
    const from = new Date(Date.now() - hours * 3_600_000)
    return Promise.all([listRequests(member, { from, limit: 50 }), sumRequests(member, { from })])
  }
  return [
    ['overview, 7 days', overview('7d', 'model')],
    ['overview, 30 days', overview('30d', 'model')],
    ['overview, 90 days', overview('90d', 'model')],
    ['overview, 90 days by key', overview('90d', 'key')],
    ['usage, 30 days by model', usage({})],
    ['usage, 90 days by project', usage({ range: '90d', group: 'project' })],
    ['usage, 90 days by member', usage({ range: '90d', group: 'member' })],
    ['usage, 30 days by key, with the time before', usage({ group: 'key', compare: '1' })],
    [
      'usage, 90 days by key and model, by week',
      usage({ range: '90d', group: 'key', split: 'model', interval: 'week' }),
    ],
    ['requests, 1 hour', requests(1)],
    ['requests, 24 hours', requests(24)],
    ['requests, 7 days', requests(24 * 7)],
    ['keys', () => Promise.all([listKeys(member, { limit: 50 }), listProjects(member)])],
    [
      'keys, the dearest first',
      () => Promise.all([listKeys(member, { limit: 50, sort: 'spent' }), listProjects(member)]),
    ],
    ['key', () => Promise.all([getKey(member, keyId), listRequests(member, { keyId, limit: 10 })])],
    ['projects', () => listProjects(member)],
    [
      'budgets',
      () =>
        Promise.all([
          getBudgetTree(member),
          forecastBudgets(member),
          listAsks(member, { status: 'open' }),
          listRaises(member),
          listMembers(member),
          listModels(member),
        ]),
    ],
    [
      'alerts',
      () =>
        Promise.all([
          listAlerts(member, { state: 'open', limit: 50 }),
          listChannels(member),
          listDeliveries(member, { limit: 50 }),
          listBudgets(member),
          forecastBudgets(member),
        ]),
    ],
    ['models', () => Promise.all([listModels(member), listProviders(member)])],
    ['routing', () => Promise.all([listModels(member), listProviders(member), listHealth(member)])],
    ['members', () => listMembers(member)],
    ['audit', () => listAuditEvents(member, { limit: 50 })],
    ['search', () => searchEverything(member, { text: 'key 7' })],
  ]
}

/** As gateways do every minute, and the server after them. */
async function sumDays(client: pg.Client): Promise<void> {
  for (let done = 1; done > 0; ) done = (await client.query('SELECT usage_sum_days(10) AS done')).rows[0].done
  const { rows } = await client.query(
    "SELECT string_agg(format('%I', tablename), ', ') AS tables FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'usage\\_%'",
  )
  await client.query(`VACUUM ANALYZE ${rows[0].tables}`)
}

async function seed(url: string, organizationId: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const run = (text: string, values: unknown[] = [organizationId]) => client.query(text, values)
  await run(
    `INSERT INTO projects (id, organization_id, name) SELECT gen_random_uuid(), $1, 'project ' || n FROM generate_series(1, 20) n`,
  )
  await run(
    `INSERT INTO models (id, organization_id, name) SELECT gen_random_uuid(), $1, 'model-' || n FROM generate_series(1, 8) n`,
  )
  await run(
    `INSERT INTO providers (id, organization_id, name, vendor, base_url, sealed_credential, credential_hint)
     SELECT gen_random_uuid(), $1, 'provider ' || n, 'openai', 'https://example.com', 'x', 'x' FROM generate_series(1, 3) n`,
  )
  await run(
    `WITH person AS (
       INSERT INTO users (id, email, name) SELECT gen_random_uuid(), 'person-' || n || '@example.com', 'person ' || n
       FROM generate_series(1, $2::int) n RETURNING id
     )
     INSERT INTO memberships (id, organization_id, user_id, role) SELECT gen_random_uuid(), $1, id, 'member' FROM person`,
    [organizationId, memberCount],
  )
  await run(
    `WITH p AS (SELECT id, row_number() OVER () AS n FROM projects WHERE organization_id = $1),
       m AS (SELECT id, row_number() OVER () AS n FROM memberships WHERE organization_id = $1 AND role = 'member')
     INSERT INTO keys (id, organization_id, project_id, membership_id, name, secret_hash, secret_hint)
     SELECT gen_random_uuid(), $1, p.id, m.id, 'key ' || k, ('x' || k)::bytea, 'x'
     FROM generate_series(1, $2::int) k JOIN p ON p.n = 1 + k % 20 JOIN m ON m.n = 1 + k % $3::int`,
    [organizationId, keyCount, memberCount],
  )
  await run(
    `INSERT INTO budgets (id, organization_id, scope, scope_id, period, limit_nanos)
     SELECT gen_random_uuid(), $1, 'key', id, 'month', 50000000000 FROM keys WHERE organization_id = $1`,
  )
  // Each key has one to ten hours of work a day, in one model; ten million requests together.
  await run(
    `CREATE TEMP TABLE k AS
     SELECT k.id AS key_id, k.project_id, k.membership_id, row_number() OVER (ORDER BY k.name) AS n,
       (SELECT array_agg(id ORDER BY name) FROM models WHERE organization_id = $1) AS models,
       (SELECT array_agg(id ORDER BY name) FROM providers WHERE organization_id = $1) AS providers
     FROM keys k WHERE organization_id = $1`,
  )
  const { rowCount: hours } = await run(
    `INSERT INTO usage_hours (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome,
       requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
     SELECT date_trunc('hour', now()) - d * interval '1 day' - h * interval '1 hour', $1, k.project_id,
       k.membership_id, k.key_id, k.models[1 + (k.n + d) % 8], k.providers[1 + k.n % 3],
       CASE WHEN (k.n + d + h) % 29 = 0 THEN 'error' ELSE 'ok' END,
       $3::int, $3::int * 1000, 0, 0, $3::int * 400, 0, $3::int * (100000 + k.n * 777), $3::int * 900
     FROM k, generate_series(0, $2::int - 1) d, generate_series(0, 9) h
     WHERE h <= (k.n + d) % 10
     -- As they come: what is of one hour lies together.
     ORDER BY 1, k.n`,
    [organizationId, days, requestsAnHour],
  )
  await run(`SELECT ensure_request_partitions((CURRENT_DATE - $1::int), CURRENT_DATE)`, [days + 1])
  // The requests of those hours, one by one. Some minutes of the hour that runs lie ahead, so all of it is in its first.
  await run(
    `INSERT INTO requests (id, created_at, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
       dialect, stream, status, input_tokens, output_tokens, cost_nanos, reserved_nanos, overrun_nanos, estimated, latency_ms)
     SELECT gen_random_uuid(), u.hour + random() * CASE WHEN u.hour > now() - interval '1 hour' THEN interval '1 second' ELSE interval '59 minutes' END,
       $1, u.project_id, u.membership_id, u.key_id, u.model_id, m.name, u.provider_id, 'openai-chat', false,
       CASE u.outcome WHEN 'error' THEN 502 ELSE 200 END, 1000, 400, u.cost_nanos / $3::int, 200000, 0, false, 900
     FROM (SELECT * FROM usage_hours WHERE organization_id = $1 ORDER BY hour DESC LIMIT $2::bigint / $3::int) u
     JOIN models m ON m.id = u.model_id CROSS JOIN generate_series(1, $3::int)`,
    [organizationId, requestRows, requestsAnHour],
  )
  await client.query('VACUUM ANALYZE')
  await sumDays(client)
  const { rows } = await client.query(
    'SELECT (SELECT sum(requests)::bigint FROM usage_hours) AS requests, (SELECT count(*)::int FROM usage_days) AS days, (SELECT count(*)::int FROM requests) AS rows',
  )
  const { rows: keys } = await client.query('SELECT key_id FROM k LIMIT 1')
  await client.end()
  return {
    hours: hours ?? 0,
    days: rows[0].days as number,
    rows: rows[0].rows as number,
    requests: Number(rows[0].requests),
    keyId: keys[0].key_id as string,
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
