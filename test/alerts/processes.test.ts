import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeliveries } from '#lib/alerts/list-deliveries.ts'
import { createChannel } from '#lib/channels/create-channel.ts'
import { pool } from '#lib/db/pool.ts'
import { openLab } from '../ledger/lab.ts'
import { startProcesses } from '../ledger/start-processes.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { startReceiver } from '../support/receivers.ts'

const usd = 1_000_000_000n
const patient = { timeout: 30_000 }

let database: TestDatabase

beforeAll(async () => {
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'true'
  database = await createTestDatabase()
})

afterAll(async () => {
  await pool().end()
  await database.drop()
})

it('warns once at each threshold of every budget, though four processes settle at once', async () => {
  const lab = await openLab(database.url)
  const key = await lab.addKey()
  const limitNanos = 20n * usd
  const budgets = [
    await lab.addBudget(key, { scope: 'key', period: 'day', limitNanos }),
    await lab.addBudget(key, { scope: 'project', period: 'week', limitNanos }),
    await lab.addBudget(key, { scope: 'organization', period: 'month', limitNanos }),
  ]
  const processes = await startProcesses(database.appUrl, 4)
  const cents = String(usd / 10n)
  const load = { keys: [key], modelId: lab.modelId, count: 60, wantNanos: cents, costNanos: cents }
  const tallies = await Promise.all(processes.map((one) => one.run(load)))
  await Promise.all(processes.map((one) => one.stop()))
  expect(tallies.reduce((sum, { ok = 0 }) => sum + ok, 0)).toBe(200)
  for (const id of budgets) {
    const rows = await lab.query('SELECT percent FROM alerts WHERE budget_id = $1 ORDER BY percent', [id])
    expect(rows).toEqual([{ percent: 50 }, { percent: 80 }, { percent: 95 }, { percent: 100 }])
  }
  await lab.close()
})

describe('a worker that is killed after the receiver has it and before it says so', () => {
  it('is followed by another, which sends the same message with the same id', async () => {
    const member = await foundLab()
    let worker: ChildProcess
    const receiver = await startReceiver(() => {
      if (receiver.received.length === 1) worker.kill('SIGKILL')
      return {}
    })
    await createChannel(member, { name: 'hook', kind: 'webhook', url: receiver.url })
    const [alert] = await asOwner<{ id: string }>(
      database,
      "INSERT INTO alerts (organization_id, kind, occasion, facts) VALUES ($1, 'overrun', 'once', '{}') RETURNING id",
      [member.organizationId],
    )
    const delivery = async () => (await listDeliveries(member, { alertId: alert!.id })).rows[0]

    worker = startWorker()
    expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL'])
    expect(await delivery()).toMatchObject({ state: 'waiting', attempts: 1 })

    // Another one takes it when the lease of the dead has run out, and not before.
    worker = startWorker()
    await asOwner(
      database,
      "UPDATE alert_deliveries SET leased_until = now() - interval '1 second' WHERE alert_id = $1 AND attempts = 1",
      [alert!.id],
    )
    await expect.poll(delivery, patient).toMatchObject({ state: 'sent', attempts: 2 })
    worker.disconnect()
    await once(worker, 'exit')

    const [first, second, ...more] = receiver.received
    expect(more).toEqual([])
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
    expect(second!.body).toBe(first!.body)
    await receiver.close()
  })
})

function startWorker(): ChildProcess {
  return fork(new URL('./worker-process.ts', import.meta.url), {
    env: { ...process.env, NODE_OPTIONS: '' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
}
