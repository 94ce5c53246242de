import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '#lib/auth/member.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { newId } from '#lib/core/ids.ts'
import { changeKey } from '#lib/keys/change-key.ts'
import { type CreateKeyInput, createKey } from '#lib/keys/create-key.ts'
import { describeKey } from '#lib/keys/describe-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { pauseKey } from '#lib/keys/pause-key.ts'
import { resumeKey } from '#lib/keys/resume-key.ts'
import { revokeKey } from '#lib/keys/revoke-key.ts'
import { rotateKey } from '#lib/keys/rotate-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { createModel } from '#lib/models/create-model.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { openNode } from '../ledger/lab.ts'
import { asOwner } from '../support/as-owner.ts'
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
  projectId = (await createProject(owner, { name: 'data group' })).id
})

function makeKey(input: Partial<CreateKeyInput> = {}) {
  return createKey(owner, { name: 'ada', projectId, budgets: null, ...input })
}

describe('the status of a key', () => {
  it('is active, paused, active again and revoked for good', async () => {
    const { id } = await makeKey()
    expect(await getKey(owner, id)).toMatchObject({ status: 'active' })
    expect(await pauseKey(owner, id)).toMatchObject({
      status: 'paused',
      pauseReason: expect.stringMatching(/^Paused by/),
    })
    expect(await pauseKey(owner, id)).toMatchObject({ status: 'paused' })
    expect(await resumeKey(owner, id)).toMatchObject({ status: 'active', pauseReason: null })
    expect(await revokeKey(owner, id)).toMatchObject({ status: 'revoked' })
    expect(await revokeKey(owner, id)).toMatchObject({ status: 'revoked' })
    for (const change of [pauseKey, resumeKey, rotateKey]) {
      await expect(change(owner, id)).rejects.toMatchObject({ code: 'conflict' })
    }
    await expect(changeKey(owner, id, { name: 'x' })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is expired from its time on, and active again when that is moved', async () => {
    const { id } = await makeKey({ expiresAt: new Date(Date.now() + 3_600_000) })
    expect(await getKey(owner, id)).toMatchObject({ status: 'active' })
    await asOwner(database, "UPDATE keys SET expires_at = now() - interval '1 second' WHERE id = $1", [id])
    expect(await getKey(owner, id)).toMatchObject({ status: 'expired' })
    expect(await changeKey(owner, id, { expiresAt: null })).toMatchObject({ status: 'active' })
    await expect(changeKey(owner, id, { expiresAt: new Date(0) })).rejects.toMatchObject({ param: 'expiresAt' })
  })

  it('is exhausted when a budget that binds it is spent, and not while money is only reserved', async () => {
    const key = await makeKey({ budgets: [{ period: 'total', limitNanos: usd('5') }] })
    const request = await admit(ledger, owner, key, { costNanos: usd('5') })
    expect(await getKey(owner, key.id)).toMatchObject({
      status: 'active',
      spentNanos: 0n,
      reservedNanos: usd('5'),
      availableNanos: 0n,
    })
    await request.settle()
    expect(await getKey(owner, key.id)).toMatchObject({
      status: 'exhausted',
      spentNanos: usd('5'),
      reservedNanos: 0n,
      availableNanos: 0n,
      lastUsedAt: expect.any(Date),
    })
    expect(
      await changeKey(owner, key.id, { budgets: [{ period: 'total', limitNanos: usd('5.000000001') }] }),
    ).toMatchObject({
      status: 'active',
      availableNanos: 1n,
      budgets: [{ spentNanos: usd('5') }],
    })
  })

  it('is exhausted from the start with a cap of 0, and never without a cap', async () => {
    expect(await makeKey({ budgets: [{ period: 'day', limitNanos: 0n }] })).toMatchObject({ status: 'exhausted' })
    expect(await makeKey({ budgets: [] })).toMatchObject({ status: 'active', availableNanos: null, budgets: [] })
  })
})

describe('what a key has left', () => {
  it('is what the tightest of all budgets has that bind it', async () => {
    const member = await createMember(owner, { email: 'ada@example.com', name: 'Ada' })
    const key = await makeKey({ memberEmail: 'Ada@Example.com', budgets: [{ period: 'total', limitNanos: usd('10') }] })
    const left = async () => (await getKey(owner, key.id)).availableNanos
    expect(await left()).toBe(usd('10'))
    await createBudget(owner, { scope: 'organization', period: 'month', limitNanos: usd('8') })
    expect(await left()).toBe(usd('8'))
    await createBudget(owner, { scope: 'project', scopeId: projectId, period: 'week', limitNanos: usd('6') })
    expect(await left()).toBe(usd('6'))
    await createBudget(owner, { scope: 'member', scopeId: member.id, period: 'day', limitNanos: usd('4') })
    expect(await left()).toBe(usd('4'))
    const { budgets } = await getKey(owner, key.id)
    expect(budgets.map(({ scope, scopeName, period }) => [scope, scopeName, period])).toEqual([
      ['key', 'ada', 'total'],
      ['member', 'Ada', 'day'],
      ['project', 'data group', 'week'],
      ['organization', 'Lab', 'month'],
    ])
    expect(budgets.map(({ resetsAt }) => resetsAt !== null)).toEqual([false, true, true, true])
  })

  it('shrinks by what others of the same project spend and reserve', async () => {
    await createBudget(owner, { scope: 'project', scopeId: projectId, period: 'month', limitNanos: usd('10') })
    const [ours, theirs] = [await makeKey(), await makeKey({ name: 'bob' })]
    await (await admit(ledger, owner, theirs, { costNanos: usd('3') })).settle()
    const request = await admit(ledger, owner, theirs, { costNanos: usd('2') })
    expect(await getKey(owner, ours.id)).toMatchObject({
      spentNanos: 0n,
      reservedNanos: 0n,
      availableNanos: usd('5'),
      budgets: [{ scope: 'project', spentNanos: usd('3'), reservedNanos: usd('2') }],
    })
    await request.settle()
  })

  it('ignores budgets of one model and those of a tag that it does not have', async () => {
    const provider = await createProvider(owner, { name: 'p', vendor: 'openai', apiKey: 'sk-0123456789' })
    await createModel(owner, { name: 'gpt-4o', deployments: [{ providerId: provider.id, upstreamModel: 'gpt-4o' }] })
    await createBudget(owner, { scope: 'organization', model: 'gpt-4o', period: 'day', limitNanos: 0n })
    await createBudget(owner, { scope: 'organization', tag: 'course-101', period: 'day', limitNanos: usd('2') })
    expect(await makeKey()).toMatchObject({ status: 'active', availableNanos: null, budgets: [{ model: 'gpt-4o' }] })
    expect(await makeKey({ tags: ['course-101'] })).toMatchObject({ availableNanos: usd('2'), budgets: [{}, {}] })
  })

  it('is the whole limit again when a period has passed and nobody has called yet', async () => {
    const key = await makeKey({ budgets: [{ period: 'day', limitNanos: usd('1') }] })
    await (await admit(ledger, owner, key, { costNanos: usd('1') })).settle()
    expect(await getKey(owner, key.id)).toMatchObject({ status: 'exhausted' })
    await asOwner(
      database,
      "UPDATE budget_counters SET period_start = period_start - interval '1 day' WHERE organization_id = $1",
      [owner.organizationId],
    )
    expect(await getKey(owner, key.id)).toMatchObject({
      status: 'active',
      spentNanos: usd('1'),
      availableNanos: usd('1'),
      budgets: [{ spentNanos: 0n }],
    })
  })
})

describe('a new key', () => {
  it('shows its secret once and keeps a hash of it', async () => {
    const { id, secret, hint } = await makeKey()
    expect(secret.endsWith(hint)).toBe(true)
    const [row] = await asOwner<{ text: string }>(
      database,
      'SELECT to_jsonb(k)::text AS text FROM keys k WHERE id = $1',
      [id],
    )
    expect(row?.text).not.toContain(secret.slice(7, -4))
    expect(JSON.stringify(await describeKey(id, owner.organizationId), replaceBigint)).not.toContain('sk-stp-')
  })

  it('says whom, what and where it does not know', async () => {
    await expect(makeKey({ memberEmail: 'nobody@example.com' })).rejects.toMatchObject({
      code: 'invalid_request_error',
      param: 'memberEmail',
      message: expect.stringContaining('nobody@example.com'),
    })
    await expect(makeKey({ models: ['gpt-9'] })).rejects.toMatchObject({ param: 'models.0' })
    await expect(makeKey({ budgets: [{ period: 'day', limitNanos: -1n }] })).rejects.toMatchObject({
      param: 'budgets.0.limitNanos',
    })
    await expect(makeKey({ allowedIps: ['10.0.0.0/40'] })).rejects.toMatchObject({ param: 'allowedIps.0' })
    const twice = [1n, 2n].map((limitNanos) => ({ period: 'day' as const, limitNanos }))
    await expect(makeKey({ budgets: twice })).rejects.toMatchObject({ param: 'budgets' })
    const { budgets: _, ...withoutBudgets } = { name: 'k', projectId, budgets: null }
    await expect(createKey(owner, withoutBudgets as CreateKeyInput)).rejects.toMatchObject({
      param: 'budgets',
      message: 'This field is required.',
    })
  })

  it('may call no model that its project does not allow', async () => {
    const provider = await createProvider(owner, { name: 'p', vendor: 'openai', apiKey: 'sk-0123456789' })
    for (const name of ['gpt-4o', 'gpt-3.5-turbo']) {
      await createModel(owner, { name, deployments: [{ providerId: provider.id, upstreamModel: name }] })
    }
    const project = await createProject(owner, { name: 'small', models: ['gpt-3.5-turbo'] })
    await expect(makeKey({ projectId: project.id, models: ['gpt-3.5-turbo', 'gpt-4o'] })).rejects.toMatchObject({
      param: 'models.1',
    })
    expect(await makeKey({ projectId: project.id, models: ['gpt-3.5-turbo'] })).toMatchObject({
      models: ['gpt-3.5-turbo'],
    })
    expect(await makeKey({ projectId: project.id })).toMatchObject({ models: null })
  })
})

describe('rotating', () => {
  it('gives another secret and lets the old one live for the grace only', async () => {
    const key = await makeKey()
    const soft = await rotateKey(owner, key.id, { graceSeconds: 60 })
    expect(soft.secret).not.toBe(key.secret)
    const lifeMs = soft.previousSecretUntil!.getTime() - Date.now()
    expect(lifeMs).toBeGreaterThan(50_000)
    expect(lifeMs).toBeLessThanOrEqual(60_000)
    const hard = await rotateKey(owner, key.id)
    expect(hard.previousSecretUntil).toBeNull()
    await expect(rotateKey(owner, key.id, { graceSeconds: -1 })).rejects.toMatchObject({ param: 'graceSeconds' })
  })
})

describe('changing a key', () => {
  it('keeps what is spent of a budget whose period stays, adds and archives the others', async () => {
    const key = await makeKey({
      budgets: [
        { period: 'total', limitNanos: usd('5') },
        { period: 'day', limitNanos: usd('1') },
      ],
    })
    await (await admit(ledger, owner, key, { costNanos: usd('0.5') })).settle()
    const changed = await changeKey(owner, key.id, {
      budgets: [
        { period: 'total', limitNanos: usd('7') },
        { period: 'month', limitNanos: usd('3') },
      ],
    })
    expect(changed.budgets).toMatchObject([
      {
        id: key.budgets.find(({ period }) => period === 'total')!.id,
        period: 'total',
        limitNanos: usd('7'),
        spentNanos: usd('0.5'),
      },
      { period: 'month', limitNanos: usd('3'), spentNanos: usd('0.5') },
    ])
    expect((await changeKey(owner, key.id, { name: 'bob' })).budgets).toHaveLength(2)
    expect(await changeKey(owner, key.id, { budgets: null })).toMatchObject({
      name: 'bob',
      budgets: [],
      availableNanos: null,
    })
  })

  it('takes no field that is not there to be changed', async () => {
    const { id } = await makeKey()
    for (const field of ['organizationId', 'secretHash', 'revokedAt', 'id', 'createdBy', '__proto__']) {
      const input = JSON.parse(`{"${field}": "${owner.organizationId}"}`)
      await expect(changeKey(owner, id, input)).rejects.toMatchObject({ code: 'invalid_request_error', param: field })
    }
  })
})

describe('the list of keys', () => {
  it('is searched, filtered, sorted and paged by the database', async () => {
    for (const name of ['Ada', 'bob', 'Cid', 'dora', '50% off_er']) await makeKey({ name })
    const dear = await makeKey({ name: 'dear', budgets: [{ period: 'total', limitNanos: usd('1') }] })
    await (await admit(ledger, owner, dear, { costNanos: usd('1') })).settle()
    await pauseKey(owner, (await listKeys(owner, { search: 'bob' })).rows[0]!.id)
    const names = async (input: Parameters<typeof listKeys>[1]) => {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await listKeys(owner, { ...input, limit: 2, ...(cursor && { cursor }) })
        found.push(...page.rows.map((key) => key.name))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      return found
    }
    expect(await names({ sort: 'created', direction: 'asc' })).toEqual([
      'Ada',
      'bob',
      'Cid',
      'dora',
      '50% off_er',
      'dear',
    ])
    expect(await names({})).toEqual(['dear', '50% off_er', 'dora', 'Cid', 'bob', 'Ada'])
    expect((await names({ sort: 'name', direction: 'asc' })).map((name) => name.toLowerCase())).toEqual([
      '50% off_er',
      'ada',
      'bob',
      'cid',
      'dear',
      'dora',
    ])
    expect((await names({ sort: 'spent' }))[0]).toBe('dear')
    expect((await names({ sort: 'last_used' }))[0]).toBe('dear')
    expect(await names({ status: 'exhausted' })).toEqual(['dear'])
    expect(await names({ status: 'paused' })).toEqual(['bob'])
    expect(await names({ search: '%' })).toEqual(['50% off_er'])
    expect(await names({ search: 'DATA GROUP' })).toHaveLength(6)
    expect(await names({ search: '_' })).toEqual(['50% off_er'])
    expect(await names({ ids: [dear.id, newId()] })).toEqual(['dear'])
    expect(await names({ ids: [] })).toEqual([])
  })

  it('shows to who may not read all keys the own ones', async () => {
    const ada = await createMember(owner, { email: 'ada@example.com', name: 'Ada' })
    const own = await makeKey({ memberEmail: 'ada@example.com', name: 'own' })
    const foreign = await makeKey({ name: 'foreign' })
    const student: Member = { ...owner, userId: ada.userId, membershipId: ada.id, role: 'member' }
    expect((await listKeys(student)).rows.map(({ name }) => name)).toEqual(['own'])
    expect((await listKeys(student, { ids: [own.id, foreign.id] })).rows.map(({ name }) => name)).toEqual(['own'])
    expect(await getKey(student, own.id)).toMatchObject({ name: 'own' })
    await expect(getKey(student, foreign.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(pauseKey(student, own.id)).rejects.toMatchObject({ code: 'forbidden' })
    const nobody: Member = { ...student, membershipId: null }
    expect((await listKeys(nobody)).rows).toEqual([])
    await expect(getKey(nobody, foreign.id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

function replaceBigint(_: string, value: unknown) {
  return typeof value === 'bigint' ? value.toString() : value
}
