import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { listDeliveries } from '#lib/alerts/list-deliveries.ts'
import { resendDelivery } from '#lib/alerts/resend-delivery.ts'
import { startAlertWorker } from '#lib/alerts/start-alert-worker.ts'
import type { Member, Role } from '#lib/auth/member.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { newId } from '#lib/core/ids.ts'
import { pool } from '#lib/db/pool.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { removeMember } from '#lib/members/remove-member.ts'
import { changeOrganization } from '#lib/organizations/change-organization.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { readMail } from '../support/read-mail.ts'
import { startMailServer } from '../support/receivers.ts'

const patient = { timeout: 30_000 }

let database: TestDatabase
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let owner: Member
let student: { id: string; email: string }
let secondOwner: { id: string; email: string }
let keyId: string

beforeAll(async () => {
  mailServer = await startMailServer()
  process.env.SMTP_URL = mailServer.url
  process.env.SMTP_FROM = 'Stipend <stipend@lab.example>'
  database = await createTestDatabase()
})

afterAll(async () => {
  await mailServer.close()
  await pool().end()
  await database.drop()
})

/** A lab in English with two owners, of whom one reads Chinese, and a student who reads Chinese and has a key. */
beforeEach(async () => {
  mailServer.mails.length = 0
  owner = await foundLab()
  secondOwner = await add('owner', 'zh-CN')
  student = await add('member', 'zh-CN')
  await add('admin', 'en')
  const { id: projectId } = await createProject(owner, { name: 'P' })
  const key = await createKey(owner, { name: 'thesis', projectId, memberEmail: student.email, budgets: null })
  keyId = key.id
})

async function add(role: Role, locale: string) {
  const email = `${role}-${newId()}@lab.example`
  const { id, userId } = await createMember(owner, { email, name: role, role })
  await asOwner(database, 'UPDATE users SET locale = $2 WHERE id = $1', [userId, locale])
  return { id, email }
}

async function raise(of: { kind?: string; keyId?: string; budgetId?: string }): Promise<string> {
  const facts = { scope: 'key', period: 'month', percent: 80, subject: 'thesis', limitUsd: '30', spentUsd: '24.5' }
  const [row] = await asOwner<{ id: string }>(
    database,
    `INSERT INTO alerts (organization_id, kind, occasion, key_id, budget_id, facts)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [owner.organizationId, of.kind ?? 'budget_threshold', newId(), of.keyId ?? null, of.budgetId ?? null, facts],
  )
  return row!.id
}

/** Runs a worker until each alert has been seen to and nothing is on its way. */
async function whileAllIsSent(): Promise<void> {
  const worker = startAlertWorker({ baseUrl: 'https://stipend.lab.example', everyMs: 20 })
  const left = () =>
    asOwner<{ left: number }>(
      database,
      `SELECT (SELECT count(*) FROM alerts WHERE dispatched_at IS NULL)::int
         + (SELECT count(*) FROM alert_deliveries WHERE state = 'waiting')::int AS left`,
    )
  await expect.poll(left, patient).toEqual([{ left: 0 }])
  await worker.stop()
}

/** Its subject and its text. */
function wordsOf(wire: string): string {
  const { subject, text } = readMail(wire)
  return `${subject}\n${text}`
}

const mailTo = (email: string) =>
  mailServer.mails.filter(({ to }) => to.includes(email)).map(({ text }) => wordsOf(text))

it('of a key’s budget reaches its member alone, in the member’s language, with a page that the member may open', async () => {
  const id = await raise({ keyId })
  await whileAllIsSent()
  expect(mailServer.mails.map(({ to }) => to)).toEqual([[student.email]])
  const [mail] = mailTo(student.email)
  expect(mail).toContain('已用 80%：thesis')
  expect(mail).toContain('每月预算已用 $24.5，上限 $30')
  expect(mail).toContain('此提醒与你在 Lab 的密钥或预算有关。')
  expect(mail).toContain('https://stipend.lab.example/me')
  const { rows } = await listDeliveries(owner, { alertId: id })
  expect(rows).toMatchObject([{ state: 'sent', channelId: null, channelName: null, recipient: student.email }])
})

it('of what is no single person’s reaches every owner, each in their language', async () => {
  const { id: budgetId } = await createBudget(owner, { scope: 'organization', period: 'month', limitNanos: 30n })
  await raise({ budgetId })
  await raise({ kind: 'ledger_mismatch' })
  await whileAllIsSent()
  expect(mailServer.mails).toHaveLength(4)
  expect(mailTo(secondOwner.email).join('\n')).toContain('账目不一致')
  expect(mailTo(secondOwner.email).join('\n')).toMatch(/https:\/\/stipend\.lab\.example\/[\w-]+\/alerts/)
  const inEnglish = mailServer.mails
    .filter(({ to }) => !to.includes(secondOwner.email))
    .map(({ text }) => wordsOf(text))
  expect(inEnglish.join('\n')).toContain('The ledger does not add up')
  expect(inEnglish.join('\n')).toContain('You get this because you are an owner of Lab.')
})

it('of a member’s budget and of unusual spend reaches the member, and of that the owners as well', async () => {
  const { id: budgetId } = await createBudget(owner, {
    scope: 'member',
    scopeId: student.id,
    period: 'month',
    limitNanos: 30n,
  })
  await raise({ budgetId })
  await whileAllIsSent()
  expect(mailServer.mails.map(({ to }) => to)).toEqual([[student.email]])
  await raise({ kind: 'spend_anomaly', keyId })
  await whileAllIsSent()
  expect(mailServer.mails).toHaveLength(4)
  expect(mailTo(student.email)).toHaveLength(2)
})

it('is told to the owners where whose key it is has left, and to nobody who left on the way', async () => {
  const id = await raise({ keyId })
  await whileAllIsSent()
  await removeMember(owner, student.id)
  const [delivery] = (await listDeliveries(owner, { alertId: id })).rows
  await expect(resendDelivery(owner, delivery!.id)).rejects.toMatchObject({ code: 'conflict' })
  mailServer.mails.length = 0
  await asOwner(database, `UPDATE alert_deliveries SET state = 'waiting', attempts = 0 WHERE id = $1`, [delivery!.id])
  await raise({ keyId })
  await whileAllIsSent()
  expect(mailTo(student.email)).toEqual([])
  expect(mailServer.mails).toHaveLength(2)
})

it('reaches nobody by mail where the organization does not want it', async () => {
  await changeOrganization(owner, { mailAlerts: false })
  await raise({ keyId })
  await whileAllIsSent()
  expect(mailServer.mails).toEqual([])
})
