import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeliveries } from '#lib/alerts/list-deliveries.ts'
import { resendDelivery } from '#lib/alerts/resend-delivery.ts'
import { startAlertWorker } from '#lib/alerts/start-alert-worker.ts'
import { testChannel } from '#lib/alerts/test-channel.ts'
import type { Member } from '#lib/auth/member.ts'
import { changeChannel } from '#lib/channels/change-channel.ts'
import { type CreateChannelInput, createChannel } from '#lib/channels/create-channel.ts'
import { removeChannel } from '#lib/channels/remove-channel.ts'
import { pool } from '#lib/db/pool.ts'
import { changeOrganization } from '#lib/organizations/change-organization.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { type Received, startMailServer, startReceiver } from '../support/receivers.ts'

const patient = { timeout: 30_000 }

const facts = {
  scope: 'key',
  period: 'month',
  percent: 80,
  subject: 'chen-yu <labelling> *1*',
  limitUsd: '30',
  spentUsd: '24.5',
  resetsAt: '2026-12-01T00:00:00Z',
}

let database: TestDatabase
let member: Member
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let receiver: Awaited<ReturnType<typeof startReceiver>>
/** What the receiver answers to calls of a path, in turn; the last one stays. */
const answers = new Map<string, { status?: number; body?: string }[]>()

beforeAll(async () => {
  mailServer = await startMailServer()
  process.env.SMTP_URL = mailServer.url
  process.env.SMTP_FROM = 'Stipend <stipend@lab.example>'
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'true'
  database = await createTestDatabase()
  member = await foundLab()
  // What people are mailed beside the channels is the business of people.test.ts.
  await changeOrganization(member, { mailAlerts: false })
  receiver = await startReceiver(({ path }) => {
    const queue = answers.get(path.split('?')[0]!) ?? []
    return (queue.length > 1 ? queue.shift() : queue[0]) ?? { body: '{"code":0,"errcode":0}' }
  })
})

afterAll(async () => {
  await receiver.close()
  await mailServer.close()
  await pool().end()
  await database.drop()
})

async function withChannel(
  input: Omit<CreateChannelInput, 'name'>,
  work: (secret: string | null, id: string) => Promise<void>,
) {
  const channel = await createChannel(member, { ...input, name: `channel ${crypto.randomUUID()}` })
  await work(channel.signingSecret, channel.id)
  await removeChannel(member, channel.id)
}

async function raise(kind = 'budget_threshold'): Promise<string> {
  const [row] = await asOwner<{ id: string }>(
    database,
    'INSERT INTO alerts (organization_id, kind, occasion, facts) VALUES ($1, $2, $3, $4) RETURNING id',
    [member.organizationId, kind, crypto.randomUUID(), facts],
  )
  return row!.id
}

async function whileWorking(work: () => Promise<void>): Promise<void> {
  const worker = startAlertWorker({ baseUrl: 'https://stipend.lab.example', everyMs: 20 })
  try {
    await work()
  } finally {
    await worker.stop()
  }
}

const callsTo = (path: string): Received[] => receiver.received.filter((call) => call.path.split('?')[0] === path)
const stateOf = async (alertId: string) => (await listDeliveries(member, { alertId })).rows[0]

describe('an alert', () => {
  it('arrives by mail, once, with the figures and where to look', async () => {
    await withChannel({ kind: 'email', recipients: ['lead@lab.example', 'finance@lab.example'] }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent', attempts: 1 })
      })
    })
    expect(mailServer.mails).toHaveLength(1)
    const [{ to, text }] = mailServer.mails as [{ to: string[]; text: string }]
    expect(to).toEqual(['lead@lab.example', 'finance@lab.example'])
    expect(text).toContain('Subject: 80% spent: chen-yu <labelling> *1*')
    expect(text).toContain('spent $24.5 of')
    expect(text).toMatch(/https:\/\/stipend\.lab\.example\/[\w-]+\/alerts/)
    expect(text).toMatch(/Message-ID: <[\w-]+@stipend>/i)
  })

  it('arrives at a webhook, signed so that an old call proves nothing', async () => {
    await withChannel({ kind: 'webhook', url: `${receiver.url}/hook` }, async (secret) => {
      const id = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent' })
      })
      const [{ headers, body }] = callsTo('/hook') as [Received]
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
      const key = Buffer.from(secret!.slice('whsec_'.length), 'base64')
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
      expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60)
      expect(JSON.parse(body)).toMatchObject({
        id,
        type: 'alert.budget_threshold',
        data: { percent: 80, limit_usd: '30', spent_usd: '24.5', resets_at: '2026-12-01T00:00:00Z' },
      })
    })
  })

  it('arrives in Slack, where nobody’s name becomes markup', async () => {
    await withChannel({ kind: 'slack', url: `${receiver.url}/slack` }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent' })
      })
    })
    const { text } = JSON.parse(callsTo('/slack')[0]!.body)
    expect(text).toContain('chen-yu &lt;labelling&gt;')
  })

  it('arrives in Feishu, signed as its robots ask', async () => {
    await withChannel({ kind: 'feishu', url: `${receiver.url}/feishu`, secret: 'robot secret' }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent' })
      })
    })
    const { timestamp, sign, msg_type, content } = JSON.parse(callsTo('/feishu')[0]!.body)
    expect(sign).toBe(createHmac('sha256', `${timestamp}\nrobot secret`).update('').digest('base64'))
    expect(msg_type).toBe('text')
    expect(content.text).toContain('80%')
    expect(content.text).toContain('＜labelling＞')
  })

  it('arrives in DingTalk, signed in the address', async () => {
    const url = `${receiver.url}/dingtalk?access_token=abc`
    await withChannel({ kind: 'dingtalk', url, secret: 'SEC123' }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent' })
      })
    })
    const call = callsTo('/dingtalk')[0]!
    const query = new URL(call.path, receiver.url).searchParams
    const timestamp = query.get('timestamp')!
    expect(query.get('access_token')).toBe('abc')
    expect(query.get('sign')).toBe(createHmac('sha256', 'SEC123').update(`${timestamp}\nSEC123`).digest('base64'))
    expect(JSON.parse(call.body)).toMatchObject({
      msgtype: 'markdown',
      markdown: { text: expect.stringContaining('\\<labelling\\>') },
    })
  })

  it('arrives in WeCom', async () => {
    await withChannel({ kind: 'wecom', url: `${receiver.url}/wecom?key=k` }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent' })
      })
    })
    expect(JSON.parse(callsTo('/wecom')[0]!.body)).toMatchObject({ msgtype: 'markdown' })
  })

  it('speaks the language of the organization', async () => {
    await asOwner(database, `UPDATE organizations SET locale = 'zh-CN', time_zone = 'Asia/Shanghai'`)
    await withChannel({ kind: 'feishu', url: `${receiver.url}/zh` }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent' })
      })
    })
    expect(JSON.parse(callsTo('/zh')[0]!.body).content.text).toContain('每月预算已用 $24.5，上限 $30')
  })

  it('goes only where its kind is wanted', async () => {
    await withChannel({ kind: 'slack', url: `${receiver.url}/only`, alertKinds: ['overrun'] }, async () => {
      const unwanted = await raise()
      const wanted = await raise('overrun')
      await whileWorking(async () => {
        await expect.poll(() => stateOf(wanted), patient).toMatchObject({ state: 'sent' })
      })
      expect(await stateOf(unwanted)).toBeUndefined()
    })
    expect(callsTo('/only')).toHaveLength(1)
  })
})

describe('a delivery', () => {
  it('that is not taken waits longer each time, and says why', async () => {
    answers.set('/down', [{ status: 503, body: 'later' }])
    await withChannel({ kind: 'webhook', url: `${receiver.url}/down` }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect
          .poll(() => stateOf(id), patient)
          .toMatchObject({ state: 'waiting', attempts: 1, outcome: 'HTTP 503: later' })
      })
      const { dueAt, createdAt } = (await stateOf(id))!
      expect(dueAt.getTime()).toBeGreaterThan(createdAt.getTime() + 3_000)
    })
  })

  it('that a robot refuses with 200 was not taken', async () => {
    answers.set('/refusing', [{ body: '{"errcode":310000,"errmsg":"sign not match"}' }])
    await withChannel({ kind: 'dingtalk', url: `${receiver.url}/refusing` }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect
          .poll(() => stateOf(id), patient)
          .toMatchObject({ state: 'waiting', outcome: expect.stringContaining('sign not match') })
      })
    })
  })

  it('of a worker that died after sending is sent again by another, with the same id', async () => {
    await withChannel({ kind: 'webhook', url: `${receiver.url}/twice` }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent' })
      })
      // As it stands when the worker is killed between sending and saying so: held, and the lease over.
      await asOwner(
        database,
        `UPDATE alert_deliveries SET state = 'waiting', finished_at = NULL, leased_until = now() - interval '1 second' WHERE alert_id = $1`,
        [id],
      )
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent', attempts: 2 })
      })
    })
    const ids = callsTo('/twice').map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('is made by one of several workers', async () => {
    await withChannel({ kind: 'webhook', url: `${receiver.url}/many` }, async () => {
      const ids = await Promise.all(Array.from({ length: 30 }, () => raise()))
      const workers = Array.from({ length: 4 }, () => startAlertWorker({ baseUrl: null, everyMs: 5 }))
      await expect
        .poll(async () => (await Promise.all(ids.map(stateOf))).every((delivery) => delivery?.state === 'sent'), {
          timeout: 20_000,
        })
        .toBe(true)
      await Promise.all(workers.map((worker) => worker.stop()))
    })
    expect(callsTo('/many')).toHaveLength(30)
  })

  it('goes where its channel points now, signed as before', async () => {
    answers.set('/old', [{ status: 503 }])
    await withChannel({ kind: 'feishu', url: `${receiver.url}/old`, secret: 'robot secret' }, async (_, id) => {
      const alert = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(alert), patient).toMatchObject({ state: 'waiting', attempts: 1 })
      })
      const { hint } = await changeChannel(member, id, { url: `${receiver.url.replace('127.0.0.1', 'localhost')}/new` })
      expect(hint).toContain('localhost')
      await asOwner(database, 'UPDATE alert_deliveries SET due_at = now() WHERE alert_id = $1', [alert])
      await whileWorking(async () => {
        await expect.poll(() => stateOf(alert), patient).toMatchObject({ state: 'sent', attempts: 2 })
      })
      const { timestamp, sign } = JSON.parse(callsTo('/new')[0]!.body)
      expect(sign).toBe(createHmac('sha256', `${timestamp}\nrobot secret`).update('').digest('base64'))
      for (const wrong of [{ recipients: ['a@lab.example'] }, { url: 'ftp://x' }])
        await expect(changeChannel(member, id, wrong)).rejects.toMatchObject({ code: 'invalid_request_error' })
    })
  })

  it('waits while its channel is paused, and goes when it is not', async () => {
    answers.set('/paused', [{ status: 503 }])
    await withChannel({ kind: 'slack', url: `${receiver.url}/paused` }, async (_, id) => {
      const alert = await raise()
      const due = () => asOwner(database, 'UPDATE alert_deliveries SET due_at = now() WHERE alert_id = $1', [alert])
      await whileWorking(async () => {
        await expect.poll(() => stateOf(alert), patient).toMatchObject({ outcome: expect.stringContaining('503') })
      })
      await changeChannel(member, id, { paused: true })
      const { length } = callsTo('/paused')
      await due()
      await whileWorking(async () => {
        const waiting = { state: 'waiting', outcome: 'The channel is paused.' }
        await expect.poll(() => stateOf(alert), patient).toMatchObject(waiting)
      })
      expect(callsTo('/paused')).toHaveLength(length)
      answers.set('/paused', [{ status: 200 }])
      await changeChannel(member, id, { paused: false })
      await due()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(alert), patient).toMatchObject({ state: 'sent' })
      })
    })
  })

  it('can be sent once more by hand', async () => {
    await withChannel({ kind: 'webhook', url: `${receiver.url}/again` }, async () => {
      const id = await raise()
      await whileWorking(async () => {
        await expect.poll(() => stateOf(id), patient).toMatchObject({ state: 'sent' })
        await resendDelivery(member, (await stateOf(id))!.id)
        await expect.poll(() => callsTo('/again').length, patient).toBe(2)
      })
    })
  })

  it('goes to no private address unless that is allowed', async () => {
    await expect(
      createChannel({ ...member }, { name: 'x', kind: 'slack', url: 'ftp://10.0.0.1/x' }),
    ).rejects.toMatchObject({
      code: 'invalid_request_error',
    })
  })
})

describe('a test of a channel', () => {
  it('is a real message, and says what the receiver had against it', async () => {
    answers.set('/probe', [{ body: '{"errcode":0}' }, { body: '{"errcode":40001}' }])
    await withChannel({ kind: 'wecom', url: `${receiver.url}/probe` }, async (_, id) => {
      expect(await testChannel(member, id)).toEqual({ ok: true, problem: null })
      expect(await testChannel(member, id)).toEqual({ ok: false, problem: '{"errcode":40001}' })
    })
  })
})
