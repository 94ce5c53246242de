import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Member } from '#lib/auth/member.ts'
import { createChannel } from '#lib/channels/create-channel.ts'
import { newId } from '#lib/core/ids.ts'
import { pool } from '#lib/db/pool.ts'
import { type Key, type Lab, openLab, openNode, outcomeOf } from '../ledger/lab.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Received, startMailServer, startReceiver } from '../support/receivers.ts'
import { type RobotKind, strictRobots } from '../support/strict-robots.ts'

const usd = 1_000_000_000n
const patient = { timeout: 60_000 }
const thresholds = [50, 80, 95, 100]
const robotKinds = Object.keys(strictRobots) as RobotKind[]
/** At which of the first period's 20 calls the worker is killed: while others are under way, and more are to come. */
const killAtCall = 8

/** What a receiver took: which threshold it speaks of, and the id by which a program knows what it had. */
interface Taken {
  percent: number
  id: string | null
}

let database: TestDatabase
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let receiver: Awaited<ReturnType<typeof startReceiver>>
let lab: Lab
let member: Member
let node: Awaited<ReturnType<typeof openNode>>
let worker: ChildProcess | null = null
let calls = 0
let isToBeKilled = false

const secrets: Record<RobotKind, string> = {
  webhook: '',
  slack: 'T0/B0/slack-secret',
  feishu: 'feishu secret',
  dingtalk: 'SECdingtalk',
  wecom: 'wecom-key',
}
const taken: Record<RobotKind, Taken[]> = { webhook: [], slack: [], feishu: [], dingtalk: [], wecom: [] }
const refusals: string[] = []

beforeAll(async () => {
  mailServer = await startMailServer()
  process.env.SMTP_URL = mailServer.url
  process.env.SMTP_FROM = 'Stipend <stipend@lab.example>'
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'true'
  database = await createTestDatabase()
  lab = await openLab(database.url, zoneOfNoon())
  node = await openNode(database.appUrl)
  member = {
    organizationId: lab.organizationId,
    userId: null,
    membershipId: null,
    role: 'owner',
    actor: 'user:o@lab.example',
  }
  receiver = await startReceiver(receive)
})

afterAll(async () => {
  worker?.kill('SIGKILL')
  await receiver.close()
  await mailServer.close()
  await node.end()
  await lab.close()
  await pool().end()
  await database.drop()
})

it('tells each threshold once a period, by mail and to every kind of robot, though the worker is killed in the middle', async () => {
  for (const kind of robotKinds) await addRobot(kind)
  await createChannel(member, { name: 'mail', kind: 'email', recipients: ['lead@lab.example'] })
  const key = await lab.addKey()
  const budgetId = await lab.addBudget(key, { scope: 'key', period: 'month', limitNanos: 100n * usd })

  // Whoever sends is killed while receivers have some of it; when its leases are over another one goes on.
  isToBeKilled = true
  startWorker()
  const killed = once(worker!, 'exit')
  for (const dollars of [50n, 30n, 15n, 5n]) await spend(key, dollars * usd)
  expect(await killed).toEqual([null, 'SIGKILL'])
  expect(await deliveries('sent')).toBeLessThan(24)
  await lab.query(
    "UPDATE alert_deliveries SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL",
  )
  startWorker()
  await expect.poll(() => deliveries('sent'), patient).toBe(24)
  for (const kind of robotKinds) expect(distinct(kind), kind).toEqual(thresholds)
  expect(distinctMails()).toEqual(thresholds)
  // What the dead one had handed over without saying so came a second time: with the same id, where there is one.
  expect(robotKinds.reduce((sum, kind) => sum + taken[kind].length, 0)).toBeGreaterThan(20)
  expect(new Set(taken.webhook.map(({ id }) => id)).size).toBe(thresholds.length)

  // A month goes by. The new one has alerts of its own, and where nobody is killed everything comes exactly once.
  await lab.query(`UPDATE budget_counters SET period_start = period_start - interval '1 month' WHERE budget_id = $1`, [
    budgetId,
  ])
  for (const kind of robotKinds) taken[kind] = []
  mailServer.mails.length = 0
  for (const dollars of [50n, 30n, 15n, 5n]) await spend(key, dollars * usd)
  await expect.poll(() => deliveries('sent'), patient).toBe(48)
  for (const kind of robotKinds) expect(percentsOf(kind), kind).toEqual(thresholds)
  expect(percentsOfMails()).toEqual(thresholds)

  // Nothing is left to send, and no receiver ever had anything against what it got.
  expect(await deliveries('waiting')).toBe(0)
  expect(await deliveries('failed')).toBe(0)
  expect(refusals).toEqual([])
})

const kindOfPath: Record<string, RobotKind> = {
  hook: 'webhook',
  services: 'slack',
  'open-apis': 'feishu',
  robot: 'dingtalk',
  'cgi-bin': 'wecom',
}

async function addRobot(kind: RobotKind): Promise<void> {
  const paths: Record<RobotKind, string> = {
    webhook: '/hook',
    slack: `/services/${secrets.slack}`,
    feishu: '/open-apis/bot/v2/hook/1',
    dingtalk: '/robot/send?access_token=token',
    wecom: `/cgi-bin/webhook/send?key=${secrets.wecom}`,
  }
  const signs = kind === 'feishu' || kind === 'dingtalk'
  const url = `${receiver.url}${paths[kind]}`
  const { signingSecret } = await createChannel(member, {
    name: kind,
    kind,
    url,
    ...(signs && { secret: secrets[kind] }),
  })
  if (signingSecret !== null) secrets[kind] = signingSecret
}

function receive(call: Received): { status?: number; body?: string } {
  const kind = kindOfPath[call.path.split(/[/?]/)[1]!]!
  const robot = strictRobots[kind]
  try {
    const { text, id } = robot.read(call, secrets[kind])
    taken[kind].push({ percent: percentOf(text), id })
  } catch (error) {
    refusals.push(`${kind}: ${(error as Error).message}`)
    return robot.refused((error as Error).message)
  }
  calls += 1
  if (isToBeKilled && calls === killAtCall) worker!.kill('SIGKILL')
  return { body: robot.taken }
}

/** Of words, and of an event. */
function percentOf(text: string): number {
  const found = /(\d+)\\?%|"percent":(\d+)/.exec(text)
  if (found) return Number(found[1] ?? found[2])
  return text.includes('Used up') ? 100 : Number.NaN
}

const ascending = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b)
const percentsOf = (kind: RobotKind) => ascending(taken[kind].map(({ percent }) => percent))
const distinct = (kind: RobotKind) => ascending(new Set(percentsOf(kind)))
const subjectOf = (text: string) => /^Subject: (.*)$/m.exec(text)![1]!
const percentsOfMails = () => ascending(mailServer.mails.map(({ text }) => percentOf(subjectOf(text))))
/** A mail that came twice carries the same id. */
const distinctMails = () =>
  ascending(
    new Map(
      mailServer.mails.map(({ text }) => [/^Message-ID: (.*)$/im.exec(text)![1], percentOf(subjectOf(text))]),
    ).values(),
  )

async function deliveries(state: string): Promise<number> {
  const [row] = await lab.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM alert_deliveries WHERE state = $1',
    [state],
  )
  return row!.count
}

async function spend(key: Key, nanos: bigint): Promise<void> {
  const requestId = newId()
  const amounts = { wantNanos: nanos, comfortNanos: nanos, floorNanos: nanos }
  const signal = new AbortController().signal
  const reservation = await node.reserve({ requestId, caller: key, modelId: lab.modelId, ...amounts, signal })
  await node.settle(reservation, outcomeOf(requestId, key, lab.modelId, nanos))
}

function startWorker(): void {
  worker = fork(new URL('./worker-process.ts', import.meta.url), {
    env: { ...process.env, NODE_OPTIONS: '' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
}

/** A time zone in which it is about noon, so that no period turns meanwhile. */
function zoneOfNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
