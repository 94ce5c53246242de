import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import type { Member } from '#lib/auth/member.ts'
import { archiveBudget } from '#lib/budgets/archive-budget.ts'
import { changeBudget } from '#lib/budgets/change-budget.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { endRaise } from '#lib/budgets/end-raise.ts'
import { forecastBudgets } from '#lib/budgets/forecast-budgets.ts'
import { listBudgets } from '#lib/budgets/list-budgets.ts'
import { listFullestBudgets } from '#lib/budgets/list-fullest-budgets.ts'
import { listRaises } from '#lib/budgets/list-raises.ts'
import { raiseBudget } from '#lib/budgets/raise-budget.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { verifyLedger } from '#lib/ledger/verify-ledger.ts'
import { createModel } from '#lib/models/create-model.ts'
import { removeModel } from '#lib/models/remove-model.ts'
import { changeOrganization } from '#lib/organizations/change-organization.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { removeProject } from '#lib/projects/remove-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { openNode } from '../ledger/lab.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { admit } from '../support/spend.ts'
import { usd } from '../support/usd.ts'

let database: TestDatabase
let ledger: Awaited<ReturnType<typeof openNode>>
let owner: Member
let projectId: string

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
  projectId = (await createProject(owner, { name: 'p' })).id
})

const makeKey = () => createKey(owner, { name: 'k', projectId, budgets: null })

describe('a budget', () => {
  it('counts what its scope has spent in the period before it was made', async () => {
    const key = await makeKey()
    await (await admit(ledger, owner, key, { costNanos: usd('0.7') })).settle()
    const budget = await createBudget(owner, {
      scope: 'project',
      scopeId: projectId,
      period: 'month',
      limitNanos: usd('1'),
    })
    expect(budget).toMatchObject({ spentNanos: usd('0.7'), availableNanos: usd('0.3') })
    await expect(admit(ledger, owner, key, { costNanos: usd('0.4') })).rejects.toMatchObject({
      code: 'insufficient_quota',
    })
    await (await admit(ledger, owner, key, { costNanos: usd('0.3') })).settle()
    expect(await verifyLedger(owner)).toMatchObject({ ok: true, mismatches: [] })
  })

  it('binds the next request by its new limit, also one below what is spent', async () => {
    const key = await makeKey()
    const { id } = await createBudget(owner, { scope: 'key', scopeId: key.id, period: 'total', limitNanos: usd('1') })
    await (await admit(ledger, owner, key, { costNanos: usd('0.8') })).settle()
    expect(await changeBudget(owner, id, { limitNanos: usd('0.5') })).toMatchObject({
      spentNanos: usd('0.8'),
      availableNanos: 0n,
    })
    await expect(admit(ledger, owner, key, { costNanos: 1n })).rejects.toMatchObject({ code: 'insufficient_quota' })
    await changeBudget(owner, id, { limitNanos: usd('2') })
    await (await admit(ledger, owner, key, { costNanos: usd('1.2') })).settle()
    expect(await getKey(owner, key.id)).toMatchObject({ status: 'exhausted' })
    expect(await verifyLedger(owner)).toMatchObject({ ok: true })
  })

  it('binds nobody once it is archived, while requests under it settle', async () => {
    const key = await makeKey()
    const { id } = await createBudget(owner, { scope: 'key', scopeId: key.id, period: 'total', limitNanos: usd('1') })
    const request = await admit(ledger, owner, key, { costNanos: usd('1') })
    await archiveBudget(owner, id)
    expect(await getKey(owner, key.id)).toMatchObject({ status: 'active', availableNanos: null, budgets: [] })
    await request.settle()
    await (await admit(ledger, owner, key, { costNanos: usd('5') })).settle()
    expect(await verifyLedger(owner)).toMatchObject({ ok: true, entries: 2 })
  })

  it('of one model goes on when the model is removed and comes back under its name', async () => {
    const { id: providerId } = await createProvider(owner, { name: 'v', vendor: 'openai', apiKey: 'sk-0123456789' })
    const deployments = [{ providerId, upstreamModel: 'gpt-4o' }]
    const makeModel = () => createModel(owner, { name: 'gpt-4o', deployments })
    const key = await makeKey()
    const { id: modelId } = await makeModel()
    const scope = { scope: 'key', scopeId: key.id } as const
    await createBudget(owner, { ...scope, model: 'gpt-4o', period: 'month', limitNanos: usd('1') })
    await (await admit(ledger, owner, key, { modelId, costNanos: usd('0.5') })).settle()
    const inFlight = await admit(ledger, owner, key, { modelId, costNanos: usd('0.2') })
    await removeModel(owner, modelId)
    const again = await makeModel()
    const spend = (cost: string) => admit(ledger, owner, key, { modelId: again.id, costNanos: usd(cost) })
    await expect(spend('0.6')).rejects.toMatchObject({ code: 'insufficient_quota' })
    await (await spend('0.3')).settle()
    await inFlight.settle()
    expect(await listBudgets(owner, scope)).toMatchObject([
      { model: 'gpt-4o', spentNanos: usd('1'), reservedNanos: 0n },
    ])
    expect(await verifyLedger(owner)).toMatchObject({ ok: true })
  })

  it('is made once for a scope, a period and what narrows it, also by two at once', async () => {
    const input = { scope: 'organization', period: 'day', limitNanos: 1n } as const
    const outcomes = await Promise.allSettled([createBudget(owner, input), createBudget(owner, input)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await createBudget(owner, { ...input, tag: 'course-101' })
    await createBudget(owner, { ...input, period: 'week' })
    expect(await listBudgets(owner, { scope: 'organization' })).toHaveLength(3)
  })

  it("of the organization is not a lead's to change", async () => {
    const lead: Member = { ...owner, role: 'lead' }
    const input = { period: 'day', limitNanos: 1n } as const
    await createBudget(lead, { ...input, scope: 'project', scopeId: projectId })
    await expect(createBudget(lead, { ...input, scope: 'organization' })).rejects.toMatchObject({ code: 'forbidden' })
    const { id } = await createBudget(owner, { ...input, scope: 'organization' })
    await expect(changeBudget(lead, id, { limitNanos: 2n })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(archiveBudget(lead, id)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('has a limit that is money', async () => {
    for (const limitNanos of [-1n, 2n ** 63n]) {
      await expect(createBudget(owner, { scope: 'organization', period: 'day', limitNanos })).rejects.toMatchObject({
        param: 'limitNanos',
      })
    }
    expect(await createBudget(owner, { scope: 'organization', period: 'day', limitNanos: 0n })).toMatchObject({
      availableNanos: 0n,
    })
  })
})

describe('the fullest budgets', () => {
  it('are those of which the most is spent or promised, as a part of their limit', async () => {
    const [half, most, none] = [await makeKey(), await makeKey(), await makeKey()]
    const budgetOf = (scopeId: string, limit: string, period: 'month' | 'total' = 'month') =>
      createBudget(owner, { scope: 'key', scopeId, period, limitNanos: usd(limit) })
    const [ofHalf, ofMost] = [await budgetOf(half.id, '100'), await budgetOf(most.id, '1')]
    const [idle, closed] = [await budgetOf(none.id, '50'), await budgetOf(none.id, '0', 'total')].map(({ id }) => id)
    await (await admit(ledger, owner, half, { costNanos: usd('50') })).settle()
    await (await admit(ledger, owner, most, { costNanos: usd('0.2') })).settle()
    const promised = await admit(ledger, owner, most, { costNanos: usd('0.6') })
    const ids = async (limit: number) => (await listFullestBudgets(owner, { limit })).map(({ id }) => id)
    expect(await ids(9)).toEqual([closed, ofMost.id, ofHalf.id, idle])
    expect(await ids(2)).toEqual([closed, ofMost.id])
    await promised.settle()
    // Only what is asked for, and no less of it than when all are.
    const all = await forecastBudgets(owner)
    const some = await forecastBudgets(owner, [ofMost.id, ofHalf.id])
    expect([...some.keys()].every((id) => id === ofMost.id || id === ofHalf.id)).toBe(true)
    for (const id of [ofMost.id, ofHalf.id]) expect(some.has(id)).toBe(all.has(id))
    expect(await listFullestBudgets(await foundLab('Other'), { limit: 9 })).toEqual([])
  })
})

describe('a raise', () => {
  const inAnHour = () => new Date(Date.now() + 3_600_000)

  it('shows in the budget and the key, on the record, and can be ended early', async () => {
    const key = await makeKey()
    const { id } = await createBudget(owner, { scope: 'key', scopeId: key.id, period: 'week', limitNanos: usd('1') })
    await (await admit(ledger, owner, key, { costNanos: usd('1') })).settle()
    expect(await getKey(owner, key.id)).toMatchObject({ status: 'exhausted', availableNanos: 0n })
    const until = inAnHour()
    const raise = await raiseBudget(owner, id, { amountNanos: usd('0.5'), until, reason: 'the deadline' })
    expect(raise).toMatchObject({ status: 'running', givenBy: 'Owner', reason: 'the deadline', until })
    expect(await getKey(owner, key.id)).toMatchObject({
      status: 'active',
      availableNanos: usd('0.5'),
      budgets: [{ limitNanos: usd('1'), raisedNanos: usd('0.5'), raisedUntil: until, availableNanos: usd('0.5') }],
    })
    expect(await endRaise(owner, raise.id)).toMatchObject({ status: 'over', endedAt: expect.any(Date) })
    await expect(endRaise(owner, raise.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await getKey(owner, key.id)).toMatchObject({ status: 'exhausted', budgets: [{ raisedNanos: 0n }] })
    expect((await listRaises(owner, { budgetId: id })).map(({ status }) => status)).toEqual(['over'])
    const { rows } = await listAuditEvents(owner, { targetId: id })
    expect(rows.map(({ action }) => action)).toEqual(['budget.end_raise', 'budget.raise', 'budget.create'])
  })

  it('is for those who may change the budget, ends in the future, and is more than nothing', async () => {
    const { id } = await createBudget(owner, { scope: 'organization', period: 'day', limitNanos: 1n })
    const raise = { amountNanos: 1n, until: inAnHour() }
    for (const role of ['lead', 'member', 'viewer'] as const) {
      await expect(raiseBudget({ ...owner, role }, id, raise)).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(raiseBudget(owner, id, { ...raise, amountNanos: 0n })).rejects.toMatchObject({ param: 'amountNanos' })
    for (const until of [new Date(), new Date(Date.now() + 400 * 86_400_000)]) {
      await expect(raiseBudget(owner, id, { ...raise, until })).rejects.toMatchObject({ param: 'until' })
    }
    expect(await listRaises(owner)).toEqual([])
  })
})

describe('the time zone', () => {
  it('moves only while no budget renews by it', async () => {
    const { id } = await createBudget(owner, { scope: 'organization', period: 'month', limitNanos: 1n })
    await expect(changeOrganization(owner, { timeZone: 'Asia/Shanghai' })).rejects.toMatchObject({
      code: 'conflict',
      param: 'timeZone',
    })
    expect(await changeOrganization(owner, { timeZone: 'UTC', name: 'New name' })).toMatchObject({ name: 'New name' })
    await archiveBudget(owner, id)
    expect(await changeOrganization(owner, { timeZone: 'Asia/Shanghai' })).toMatchObject({ timeZone: 'Asia/Shanghai' })
    await expect(changeOrganization(owner, { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ param: 'timeZone' })
  })

  it('says when a day ends', async () => {
    owner = await foundLab('Kolkata', 'Asia/Kolkata')
    const { resetsAt } = await createBudget(owner, { scope: 'organization', period: 'day', limitNanos: 1n })
    expect(resetsAt?.toISOString()).toMatch(/T18:30:00\.000Z$/)
  })
})

describe('a project', () => {
  it('is removed with its budgets when its keys are gone, however close together', async () => {
    const key = await makeKey()
    await expect(removeProject(owner, projectId)).rejects.toMatchObject({ code: 'conflict' })
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 5 }, () => makeKey()),
      removeProject(owner, projectId),
    ])
    expect(outcomes.at(-1)?.status).toBe('rejected')
    expect(await getKey(owner, key.id)).toMatchObject({ status: 'active' })
  })

  it('takes no key while it is being removed', async () => {
    for (let round = 0; round < 5; round++) {
      const project = await createProject(owner, { name: `round ${round}` })
      const [removal, making] = await Promise.allSettled([
        removeProject(owner, project.id),
        createKey(owner, { name: 'k', projectId: project.id, budgets: null }),
      ])
      expect([removal.status, making.status].sort()).toEqual(['fulfilled', 'rejected'])
    }
  })
})
