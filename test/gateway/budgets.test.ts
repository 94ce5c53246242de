import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { archiveBudget } from '#lib/budgets/archive-budget.ts'
import { changeBudget } from '#lib/budgets/change-budget.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { getBudget } from '#lib/budgets/get-budget.ts'
import { listBudgets } from '#lib/budgets/list-budgets.ts'
import { raiseBudget } from '#lib/budgets/raise-budget.ts'
import { newId } from '#lib/core/ids.ts'
import { type Period, periods } from '#lib/core/period.ts'
import { changeKey } from '#lib/keys/change-key.ts'
import { createKey, type NewKey } from '#lib/keys/create-key.ts'
import { verifyLedger } from '#lib/ledger/verify-ledger.ts'
import { createMember } from '#lib/members/create-member.ts'
import { createModel } from '#lib/models/create-model.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { usd } from '../support/usd.ts'
import { costByJournal, inputNanos, model, outputNanos, type RunningLab, startLab } from './start-lab.ts'

const otherModel = 'other-model'

let lab: RunningLab
let otherProjectId: string
let ada: { id: string; email: string }
let bob: { id: string; email: string }

beforeAll(async () => {
  lab = await startLab()
  const provider = await createProvider(lab.member, {
    name: 'Second',
    vendor: 'openai-compatible',
    baseUrl: lab.simulator.url,
    apiKey: 'sk-vendor',
  })
  await createModel(lab.member, {
    name: otherModel,
    deployments: [{ providerId: provider.id, upstreamModel: model }],
    price: { inputPerMtok: inputNanos * 1_000_000n, outputPerMtok: outputNanos * 1_000_000n },
  })
  otherProjectId = (await createProject(lab.member, { name: 'Other' })).id
  ada = await createMember(lab.member, { email: 'ada@example.com', name: 'Ada' })
  bob = await createMember(lab.member, { email: 'bob@example.com', name: 'Bob' })
})

afterAll(() => lab?.close())

beforeEach(() => {
  lab.simulator.control.reset()
  lab.simulator.journal.reset()
})

afterEach(async () => {
  for (const { id } of await listBudgets(lab.member)) await archiveBudget(lab.member, id)
  expect(await verifyLedger(lab.member)).toMatchObject({ ok: true, mismatches: [] })
})

interface Answer {
  status: number
  error: { code: string; message: string; details: Record<string, unknown> } | undefined
}

async function call(key: NewKey, name = model): Promise<Answer> {
  const response = await fetch(`${lab.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: name, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 8 }),
  })
  const { error } = (await response.json()) as Pick<Answer, 'error'>
  return { status: response.status, error }
}

const addKey = (more: { projectId?: string; memberEmail?: string; tags?: string[] } = {}) =>
  createKey(lab.member, { name: newId(), projectId: lab.projectId, budgets: null, ...more })

const inAnHour = () => new Date(Date.now() + 3_600_000)

/** A budget that covers `key` calling `model`, and a call that it does not cover. */
interface Cover {
  scope: 'organization' | 'project' | 'member' | 'key'
  scopeId?: string
  model?: string
  tag?: string
  free?: () => Promise<Answer>
}

const covers: [string, (key: NewKey) => Promise<Cover>][] = [
  ['the organization', async () => ({ scope: 'organization' })],
  [
    'the project',
    async () => {
      const outside = await addKey({ projectId: otherProjectId, memberEmail: ada.email, tags: ['course'] })
      return { scope: 'project', scopeId: lab.projectId, free: () => call(outside) }
    },
  ],
  [
    'the member',
    async () => {
      const outside = await addKey({ memberEmail: bob.email, tags: ['course'] })
      return { scope: 'member', scopeId: ada.id, free: () => call(outside) }
    },
  ],
  [
    'the key',
    async (key) => {
      const outside = await addKey({ memberEmail: ada.email, tags: ['course'] })
      return { scope: 'key', scopeId: key.id, free: () => call(outside) }
    },
  ],
  ['a model of the key', async (key) => ({ scope: 'key', scopeId: key.id, model, free: () => call(key, otherModel) })],
  [
    'a model of the project',
    async (key) => ({ scope: 'project', scopeId: lab.projectId, model, free: () => call(key, otherModel) }),
  ],
  [
    'a tag of the project',
    async () => {
      const outside = await addKey({ memberEmail: ada.email, tags: ['another'] })
      return { scope: 'project', scopeId: lab.projectId, tag: 'course', free: () => call(outside) }
    },
  ],
  [
    'a tag of the organization',
    async () => {
      const outside = await addKey()
      return { scope: 'organization', tag: 'course', free: () => call(outside) }
    },
  ],
  [
    'a model of a tag',
    async (key) => ({ scope: 'organization', tag: 'course', model, free: () => call(key, otherModel) }),
  ],
]

const combinations = covers.flatMap(([name, cover]) => periods.map((period) => [name, period, cover] as const))

describe('a budget', () => {
  it.each(combinations)('of %s by the %s binds what it covers and nothing else', async (_, period: Period, cover) => {
    const key = await addKey({ memberEmail: ada.email, tags: ['course'] })
    const { free, ...scope } = await cover(key)
    const { id, spentNanos: opening } = await createBudget(lab.member, { ...scope, period, limitNanos: usd('100') })
    expect((await call(key)).status).toBe(200)
    const { spentNanos } = await getBudget(lab.member, id)
    expect(spentNanos - opening).toBe(costByJournal(lab.simulator))

    await changeBudget(lab.member, id, { limitNanos: spentNanos })
    const served = lab.simulator.journal.calls.length
    expect(await call(key)).toMatchObject({
      status: 402,
      error: {
        code: 'insufficient_quota',
        message: expect.stringContaining('Ask Owner to raise it.'),
        details: {
          budget_scope: scope.scope,
          budget_period: period,
          ...(scope.model && { budget_model: model }),
          ...(scope.tag && { budget_tag: 'course' }),
          available_usd: '0',
          resets_at: period === 'total' ? null : expect.any(String),
          ask: 'Owner',
        },
      },
    })
    expect(lab.simulator.journal.calls).toHaveLength(served)
    if (free) expect((await free()).status).toBe(200)

    await raiseBudget(lab.member, id, { amountNanos: usd('1'), until: inAnHour(), reason: 'a deadline' })
    expect((await call(key)).status).toBe(200)
    expect(await getBudget(lab.member, id)).toMatchObject({ limitNanos: spentNanos, raisedNanos: usd('1') })
  })

  it('of a tag binds a key from the request after it was tagged, and no longer once it is not', async () => {
    const key = await addKey()
    await createBudget(lab.member, { scope: 'organization', tag: 'closed', period: 'month', limitNanos: 0n })
    expect((await call(key)).status).toBe(200)
    await changeKey(lab.member, key.id, { tags: ['open', 'closed'] })
    expect((await call(key)).status).toBe(402)
    await changeKey(lab.member, key.id, { tags: ['open'] })
    expect((await call(key)).status).toBe(200)
  })

  it('of a tag opens with what the keys that carry it have spent in the period', async () => {
    const [tagged, other] = [await addKey({ tags: ['thesis'] }), await addKey({ tags: ['else'] })]
    await call(tagged)
    await call(tagged)
    const spent = costByJournal(lab.simulator)
    await call(other)
    await call(tagged, otherModel)
    const limitNanos = usd('1')
    const budget = await createBudget(lab.member, {
      scope: 'project',
      scopeId: lab.projectId,
      tag: 'thesis',
      model,
      period: 'day',
      limitNanos,
    })
    expect(budget).toMatchObject({ spentNanos: spent, availableNanos: limitNanos - spent })
  })

  it('of a member and of a project let a key go that moves, with what it spent staying where it was', async () => {
    const key = await addKey({ memberEmail: ada.email })
    const own = await createBudget(lab.member, {
      scope: 'member',
      scopeId: ada.id,
      period: 'total',
      limitNanos: usd('9'),
    })
    const shared = { scope: 'project', scopeId: lab.projectId, period: 'total', limitNanos: usd('9') } as const
    const project = await createBudget(lab.member, shared)
    await call(key)
    const spent = costByJournal(lab.simulator)
    await changeBudget(lab.member, own.id, { limitNanos: own.spentNanos })
    expect((await call(key)).status).toBe(402)
    await changeKey(lab.member, key.id, { memberEmail: bob.email })
    expect((await call(key)).status).toBe(200)
    await changeBudget(lab.member, project.id, { limitNanos: 0n })
    expect((await call(key)).error?.details).toMatchObject({ budget_scope: 'project' })
    await changeKey(lab.member, key.id, { projectId: otherProjectId })
    expect((await call(key)).status).toBe(200)
    expect((await getBudget(lab.member, own.id)).spentNanos - own.spentNanos).toBe(spent)
  })
})
