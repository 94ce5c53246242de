import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newHome, type RunningStipend, removeHome, startStipend } from './start-stipend.ts'

const run = promisify(execFile)

describe('npm start -- --demo', () => {
  let home: string
  let running: RunningStipend
  let database: pg.Client

  beforeAll(async () => {
    home = await newHome()
    running = await startStipend({ home, args: ['--demo'] })
    database = await connectTo(home)
  })

  afterAll(async () => {
    await database?.end()
    await running?.stop()
    await removeHome(home)
  })

  const rows = async (text: string) => (await database.query(text)).rows

  it('loads two groups, ten students, their lead and three weeks of work', async () => {
    const [counts] = await rows(`
      SELECT (SELECT count(*)::int FROM projects) AS projects, (SELECT count(*)::int FROM keys) AS keys,
        count(*)::int AS requests, count(DISTINCT created_at::date)::int AS days FROM requests`)
    expect(counts).toMatchObject({ projects: 2, keys: 11 })
    expect(counts.requests).toBeGreaterThan(10_000)
    expect(counts.days).toBeGreaterThanOrEqual(21)
  })

  it('shows no budget above its limit, on any day of the month', async () => {
    expect(await rows('SELECT * FROM budget_counters WHERE spent_nanos > limit_nanos')).toEqual([])
    const spent = await rows(`
      SELECT k.name, to_char(r.created_at AT TIME ZONE o.time_zone, 'YYYY-MM') AS month, b.limit_nanos
      FROM requests r JOIN keys k ON k.id = r.key_id JOIN organizations o ON o.id = k.organization_id
      JOIN budgets b ON b.scope_id = k.id GROUP BY 1, 2, 3 HAVING sum(r.cost_nanos) > b.limit_nanos`)
    expect(spent).toEqual([])
  })

  it('prints a call that answers when pasted, and books it', async () => {
    const curl = /curl http[\s\S]+?}'\n/.exec(running.output())![0]
    const { stdout } = await run('bash', ['-c', `${curl.trimEnd()} --silent`])
    expect(JSON.parse(stdout).choices[0].message.content).toBeTruthy()
    const [latest] = await rows('SELECT status, cost_nanos FROM requests ORDER BY created_at DESC LIMIT 1')
    expect(latest.status).toBe(200)
    expect(BigInt(latest.cost_nanos)).toBeGreaterThan(0n)
  })

  it('starts again with the same lab and the same call', async () => {
    const before = /sk-stp-\w+/.exec(running.output())![0]
    await database.end()
    await running.stop()
    running = await startStipend({ home, args: ['--demo'] })
    database = await connectTo(home)
    expect(/sk-stp-\w+/.exec(running.output())![0]).toBe(before)
    expect(await rows('SELECT count(*)::int AS projects FROM projects')).toEqual([{ projects: 2 }])
  })
})

async function connectTo(home: string): Promise<pg.Client> {
  const { port, password } = JSON.parse(await readFile(join(home, 'postgres.json'), 'utf8'))
  const client = new pg.Client({ connectionString: `postgresql://stipend:${password}@127.0.0.1:${port}/stipend` })
  await client.connect()
  return client
}
