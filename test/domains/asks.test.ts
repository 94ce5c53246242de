import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import type { Member } from '#lib/auth/member.ts'
import { approveAsk } from '#lib/budgets/approve-ask.ts'
import { askForMore } from '#lib/budgets/ask-for-more.ts'
import { countOpenAsks } from '#lib/budgets/count-open-asks.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { declineAsk } from '#lib/budgets/decline-ask.ts'
import { listAsks } from '#lib/budgets/list-asks.ts'
import { createKey, type NewKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { openNode } from '../ledger/lab.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { admit } from '../support/spend.ts'
import { usd } from '../support/usd.ts'

let database: TestDatabase
let ledger: Awaited<ReturnType<typeof openNode>>
let owner: Member
let lead: Member
let student: Member
let projectId: string
let key: NewKey

beforeAll(async () => {
  database = await createTestDatabase()
  ledger = await openNode(database.appUrl, { waitMs: 50 })
})
afterAll(async () => {
  await ledger?.end()
  await database?.drop()
})
beforeEach(async () => {
  owner = await foundLab()
  const { id } = await createMember(owner, { email: `${owner.userId}-s@example.com`, name: 'Student' })
  student = { ...owner, userId: null, membershipId: id, role: 'member', actor: 'user:student' }
  lead = { ...owner, role: 'lead' }
  projectId = (await createProject(owner, { name: 'p', budgets: [{ period: 'month', limitNanos: usd('20') }] })).id
  key = await createKey(owner, {
    name: 'k',
    projectId,
    memberEmail: `${owner.userId}-s@example.com`,
    budgets: [{ period: 'total', limitNanos: usd('1') }],
  })
})

const ask = (amount = '2') => askForMore(student, { keyId: key.id, amountNanos: usd(amount), purpose: 'the last runs' })
const inAnHour = () => new Date(Date.now() + 3_600_000)

describe('asking for more', () => {
  it('works when nothing is left, is seen by those who decide, and once approved pays for the next call', async () => {
    await (await admit(ledger, owner, key, { costNanos: usd('1') })).settle()
    await expect(admit(ledger, owner, key, { costNanos: 1n })).rejects.toMatchObject({ code: 'insufficient_quota' })
    const { id } = await ask()
    expect(await countOpenAsks(lead)).toBe(1)
    expect(await listAsks(lead, { status: 'open' })).toMatchObject([
      { id, keyName: 'k', memberName: 'Student', amountNanos: usd('2'), purpose: 'the last runs', decidedBy: null },
    ])
    await approveAsk(lead, id, { note: 'good luck' })
    expect(await listAsks(student)).toMatchObject([
      { id, status: 'approved', note: 'good luck', grantedNanos: usd('2'), until: null, decidedBy: 'Owner' },
    ])
    expect(await countOpenAsks(lead)).toBe(0)
    await (await admit(ledger, owner, key, { costNanos: usd('2') })).settle()
    const { rows } = await listAuditEvents(owner, { targetId: key.id })
    expect(rows.map(({ action }) => action)).toEqual(['budget.approve_ask', 'budget.ask', 'key.create'])
  })

  it('can be granted for a while, by another amount, on another budget', async () => {
    const { id } = await ask()
    const project = (await getKey(owner, key.id)).budgets.find(({ scope }) => scope === 'project')!
    const until = inAnHour()
    await approveAsk(lead, id, { budgetId: project.id, amountNanos: usd('3'), until })
    expect((await getKey(owner, key.id)).budgets).toMatchObject([
      { scope: 'key', limitNanos: usd('1'), raisedNanos: 0n },
      { scope: 'project', limitNanos: usd('20'), raisedNanos: usd('3'), raisedUntil: until },
    ])
    expect(await listAsks(student)).toMatchObject([{ grantedNanos: usd('3'), until, budgetId: project.id }])
  })

  it('raises by default the budget that stands in the way', async () => {
    await createBudget(owner, { scope: 'member', scopeId: key.membershipId!, period: 'day', limitNanos: usd('0.5') })
    const { id } = await ask()
    await approveAsk(lead, id)
    expect((await getKey(owner, key.id)).budgets).toMatchObject([
      { scope: 'key', limitNanos: usd('1') },
      { scope: 'member', limitNanos: usd('2.5') },
      { scope: 'project', limitNanos: usd('20') },
    ])
  })

  it('is decided once, also by two at once', async () => {
    const { id } = await ask()
    const outcomes = await Promise.allSettled([approveAsk(lead, id), approveAsk(owner, id), declineAsk(lead, id)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const status = (await listAsks(student))[0]?.status
    const limit = (await getKey(owner, key.id)).budgets[0]!.limitNanos
    expect(limit).toBe(status === 'approved' ? usd('3') : usd('1'))
  })

  it('is open once a key', async () => {
    const { id } = await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' })
    await declineAsk(lead, id, { note: 'next month' })
    expect(await listAsks(student)).toMatchObject([{ status: 'declined', note: 'next month', grantedNanos: null }])
    expect(await ask()).toMatchObject({ status: 'open' })
  })

  it('is for keys of one own, and decided by who may change the budget', async () => {
    const other = await createKey(owner, { name: 'other', projectId, budgets: null })
    const asked = { keyId: other.id, amountNanos: 1n, purpose: 'x' }
    await expect(askForMore(student, asked)).rejects.toMatchObject({ code: 'not_found' })
    expect(await askForMore(lead, asked)).toMatchObject({ membershipId: null })
    expect(await listAsks(student)).toEqual([])
    const { id } = await ask()
    for (const role of ['member', 'viewer'] as const) {
      await expect(approveAsk({ ...student, role }, id)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(declineAsk({ ...student, role }, id)).rejects.toMatchObject({ code: 'forbidden' })
    }
    await createBudget(owner, { scope: 'organization', period: 'day', limitNanos: 0n })
    await expect(approveAsk(lead, id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await countOpenAsks(owner)).toBe(2)
    await approveAsk(owner, id)
    expect((await getKey(owner, key.id)).budgets.at(-1)).toMatchObject({ scope: 'organization', limitNanos: usd('2') })
  })

  it('says how much and what for', async () => {
    await expect(ask('0')).rejects.toMatchObject({ param: 'amountNanos' })
    await expect(askForMore(student, { keyId: key.id, amountNanos: 1n, purpose: ' ' })).rejects.toMatchObject({
      param: 'purpose',
    })
  })
})
