import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#lib/core/ids.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from '../ledger/lab.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const usd = 1_000_000_000n

describe('a budget on its way to its limit', () => {
  let database: TestDatabase
  let lab: Lab
  let nodes: Awaited<ReturnType<typeof openNode>>[]

  beforeAll(async () => {
    database = await createTestDatabase()
    lab = await openLab(database.url)
    nodes = await Promise.all([openNode(database.appUrl), openNode(database.appUrl)])
  })

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.end()))
    await lab.close()
    await database.drop()
  })

  async function spend(key: Key, nanos: bigint, node = nodes[0]!): Promise<void> {
    const requestId = newId()
    const reservation = await node.reserve({
      requestId,
      caller: key,
      modelId: lab.modelId,
      wantNanos: nanos,
      comfortNanos: nanos,
      floorNanos: nanos,
      signal: new AbortController().signal,
    })
    await node.settle(reservation, outcomeOf(requestId, key, lab.modelId, nanos))
  }

  async function alertsOf(budgetId: string): Promise<{ percent: number; quiet: boolean }[]> {
    return lab.query('SELECT percent, quiet FROM alerts WHERE budget_id = $1 ORDER BY created_at, percent', [budgetId])
  }

  it('warns once at each threshold, however many settle at once and from wherever', async () => {
    const key = await lab.addKey()
    const ids = [
      await lab.addBudget(key, { scope: 'key', limitNanos: 10n * usd }),
      await lab.addBudget(key, { scope: 'key', limitNanos: 10n * usd, period: 'month' }),
    ]
    await Promise.all(Array.from({ length: 200 }, (_, index) => spend(key, usd / 20n, nodes[index % nodes.length])))
    for (const id of ids) {
      expect((await alertsOf(id)).map(({ percent }) => percent).sort((a, b) => a - b)).toEqual([50, 80, 95, 100])
    }
  })

  it('warns at the very nano-dollar, and not one before', async () => {
    const key = await lab.addKey()
    const id = await lab.addBudget(key, { scope: 'key', limitNanos: 199n })
    await spend(key, 99n)
    expect(await alertsOf(id)).toEqual([])
    await spend(key, 1n)
    expect(await alertsOf(id)).toEqual([{ percent: 50, quiet: false }])
  })

  it('sends only the highest of those that are crossed at once', async () => {
    const key = await lab.addKey()
    const id = await lab.addBudget(key, { scope: 'key', limitNanos: 10n * usd })
    await spend(key, 9n * usd)
    expect(await alertsOf(id)).toEqual([
      { percent: 50, quiet: true },
      { percent: 80, quiet: false },
    ])
  })

  it('warns anew on the way to a higher limit, and not again when that is taken back', async () => {
    const key = await lab.addKey()
    const id = await lab.addBudget(key, { scope: 'key', limitNanos: 10n * usd })
    await spend(key, 5n * usd)
    const setLimit = (limit: bigint) => lab.query('UPDATE budgets SET limit_nanos = $2 WHERE id = $1', [id, limit])
    await setLimit(20n * usd)
    await spend(key, 5n * usd)
    expect((await alertsOf(id)).map(({ percent }) => percent)).toEqual([50, 50])
    await setLimit(10n * usd)
    expect((await alertsOf(id)).map(({ percent }) => percent).sort((a, b) => a - b)).toEqual([50, 50, 80, 95, 100])
    await setLimit(20n * usd)
    await setLimit(10n * usd)
    expect(await alertsOf(id)).toHaveLength(5)
  })

  it('warns at the end of a raise of what is spent by then, once, and only of a period that runs', async () => {
    const key = await lab.addKey()
    const limitNanos = 10n * usd
    const [id, ofBefore] = [
      await lab.addBudget(key, { scope: 'key', limitNanos }),
      await lab.addBudget(key, { scope: 'key', limitNanos, period: 'day' }),
    ]
    for (const budgetId of [id, ofBefore]) {
      await lab.query(
        `INSERT INTO budget_raises (id, organization_id, budget_id, amount_nanos, until, reason, actor)
         VALUES ($1, $2, $3, $4, now() + interval '1 hour', '', 'test')`,
        [newId(), lab.organizationId, budgetId, 40n * usd],
      )
    }
    await spend(key, 12n * usd)
    await lab.query(`UPDATE budget_counters SET period_start = period_start - interval '2 days' WHERE budget_id = $1`, [
      ofBefore,
    ])
    expect(await alertsOf(id)).toEqual([])
    const tell = () => lab.query('SELECT warn_of_ended_raises()')
    await tell()
    expect(await alertsOf(id)).toEqual([])
    // As if both had ended by the clock; to the alerts of a budget this changes nothing but the time.
    await lab.query('ALTER TABLE budget_counters DISABLE TRIGGER warn_when_crossed')
    await lab.query(
      `UPDATE budget_counters SET raise_ends = ARRAY(SELECT now() - interval '1 ms' FROM unnest(raise_ends))
       WHERE budget_id = ANY ($1)`,
      [[id, ofBefore]],
    )
    await lab.query('ALTER TABLE budget_counters ENABLE TRIGGER warn_when_crossed')
    await Promise.all([tell(), tell()])
    await tell()
    const told = await alertsOf(id)
    expect(told.map(({ percent }) => percent).sort((a, b) => a - b)).toEqual([50, 80, 95, 100])
    expect(told.filter(({ quiet }) => !quiet)).toEqual([{ percent: 100, quiet: false }])
    expect(await alertsOf(ofBefore)).toEqual([])
  })

  it('warns where its budget wants it, and at once where it is beyond that already', async () => {
    const key = await lab.addKey()
    const id = await lab.addBudget(key, { scope: 'key', limitNanos: 10n * usd })
    const warnAt = (percents: number[]) =>
      lab.query('UPDATE budgets SET warn_percents = $2 WHERE id = $1', [id, percents])
    const percents = async () => (await alertsOf(id)).map(({ percent }) => percent)
    await warnAt([30, 90])
    await spend(key, 2n * usd)
    expect(await percents()).toEqual([])
    await spend(key, 4n * usd)
    expect(await percents()).toEqual([30])
    await warnAt([30, 60, 61])
    expect(await percents()).toEqual([30, 60])
    await warnAt([])
    await spend(key, 4n * usd)
    expect(await percents()).toEqual([30, 60])
    await expect(warnAt([0])).rejects.toThrow('budgets_warn_percents_check')
  })

  it('tells of a provider that its vendor blocks, each time that it begins', async () => {
    const provider = newId()
    await lab.query(
      `INSERT INTO providers (id, organization_id, name, vendor, base_url, sealed_credential, credential_hint)
       VALUES ($1, $2, 'Vendor', 'openai', 'https://vendor.example/v1', '', 'hint')`,
      [provider, lab.organizationId],
    )
    await lab.query(
      `INSERT INTO upstream_health (id, organization_id, state, reason, changed_at) VALUES ($1, $2, 'refused', 'HTTP 401', now())`,
      [provider, lab.organizationId],
    )
    const turn = (state: string) =>
      lab.query(
        `UPDATE upstream_health SET state = $2, reason = $2, changed_at = changed_at + interval '1 second' WHERE id = $1`,
        [provider, state],
      )
    for (const state of ['refused', 'well', 'out_of_credit', 'out_of_credit', 'well', 'refused']) await turn(state)
    const alerts = await lab.query(
      `SELECT facts ->> 'subject' AS subject, facts ->> 'state' AS state FROM alerts WHERE provider_id = $1 ORDER BY created_at`,
      [provider],
    )
    expect(alerts).toEqual(['refused', 'out_of_credit', 'refused'].map((state) => ({ subject: 'Vendor', state })))
  })

  it('warns in each period by itself, and says what stands in it', async () => {
    const key = await lab.addKey()
    const id = await lab.addBudget(key, { scope: 'project', limitNanos: 1_000_000n * usd, period: 'day' })
    await lab.query(`UPDATE budget_counters SET period_start = period_start - interval '1 day' WHERE budget_id = $1`, [
      id,
    ])
    await spend(key, 500_000n * usd)
    const [alert] = await lab.query<{ facts: Record<string, unknown> }>(
      'SELECT facts FROM alerts WHERE budget_id = $1',
      [id],
    )
    expect(alert!.facts).toMatchObject({ scope: 'project', subject: 'P', limitUsd: '1000000', spentUsd: '500000' })
  })

  it('pauses a key whose vendor reports more than was set aside, and says so', async () => {
    const key = await lab.addKey()
    await lab.addBudget(key, { scope: 'key', limitNanos: 10n * usd })
    const requestId = newId()
    const node = nodes[0]!
    const amounts = { wantNanos: usd, comfortNanos: usd, floorNanos: usd }
    const signal = new AbortController().signal
    const reservation = await node.reserve({ requestId, caller: key, modelId: lab.modelId, ...amounts, signal })
    await node.settle(reservation, outcomeOf(requestId, key, lab.modelId, 2n * usd))
    const [row] = await lab.query('SELECT paused_at, pause_reason FROM keys WHERE id = $1', [key.keyId])
    expect(row).toMatchObject({
      paused_at: expect.any(Date),
      pause_reason: expect.stringContaining('more than was set aside'),
    })
    const alerts = await lab.query('SELECT kind, facts FROM alerts WHERE key_id = $1 AND kind = $2', [
      key.keyId,
      'overrun',
    ])
    expect(alerts).toMatchObject([
      { facts: { reservedUsd: '1', costUsd: '2', overrunUsd: '1', paused: true, requestId } },
    ])
  })

  it('raises the alarm at the first verification that finds a difference, and not at the next', async () => {
    const verified = (mismatches: number) =>
      lab.query(
        'INSERT INTO ledger_verifications (organization_id, took_ms, entries, mismatch_count) VALUES ($1, 1, 1, $2)',
        [lab.organizationId, mismatches],
      )
    for (const mismatches of [0, 2, 2, 0, 1]) await verified(mismatches)
    const alerts = await lab.query(`SELECT facts FROM alerts WHERE kind = 'ledger_mismatch' ORDER BY created_at`)
    expect(alerts).toEqual([{ facts: { mismatches: 2 } }, { facts: { mismatches: 1 } }])
  })

  it('tells of a key that spends ten times what is usual for it within the hour', async () => {
    const steady = await lab.addKey()
    const wild = await lab.addKey()
    const none = '00000000-0000-0000-0000-000000000000'
    for (const [key, now] of [
      [steady, 8n],
      [wild, 11n],
    ] as const) {
      await lab.query(
        `INSERT INTO usage_hours (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome,
           requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
         SELECT date_trunc('hour', now()) - h * interval '1 hour', $1, $2, $5, $3, $5, $5, 'ok', 1, 0, 0, 0, 0, 0,
           CASE h WHEN 0 THEN $4::bigint ELSE 1000000000 END, 0
         FROM generate_series(0, 30) AS h`,
        [lab.organizationId, lab.projectId, key.keyId, now * usd, none],
      )
    }
    for (let index = 0; index < 2; index++) await lab.query('SELECT warn_of_anomalies()')
    const alerts = await lab.query(`SELECT key_id, facts FROM alerts WHERE kind = 'spend_anomaly'`)
    expect(alerts).toEqual([
      { key_id: wild.keyId, facts: { subject: 'k', spentUsd: '11', usualUsd: '1', paused: false } },
    ])
    const stopped = () =>
      lab.query('SELECT id FROM keys WHERE paused_at IS NOT NULL AND id = ANY ($1)', [[steady.keyId, wild.keyId]])
    expect(await stopped()).toEqual([])
    // Where the organization wants it, the next time stops the key, and only once.
    await lab.query('UPDATE organizations SET pause_on_anomaly = true WHERE id = $1', [lab.organizationId])
    await lab.query(`DELETE FROM alerts WHERE kind = 'spend_anomaly'`)
    await lab.query('SELECT warn_of_anomalies()')
    expect(await stopped()).toEqual([{ id: wild.keyId }])
    await lab.query('UPDATE keys SET paused_at = NULL, pause_reason = NULL WHERE id = $1', [wild.keyId])
    await lab.query('SELECT warn_of_anomalies()')
    expect(await stopped()).toEqual([])
  })
})
