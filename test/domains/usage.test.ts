import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '#lib/auth/member.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { createManagementKey } from '#lib/management-keys/create-management-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { createModel } from '#lib/models/create-model.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { getRequest } from '#lib/requests/get-request.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import { sumRequests } from '#lib/requests/sum-requests.ts'
import { getOverview } from '#lib/usage/get-overview.ts'
import { listTopKeys } from '#lib/usage/list-top-keys.ts'
import { summarizeUsage } from '#lib/usage/summarize-usage.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { insertRequest } from '../support/insert-request.ts'
import { callApi } from '../support/open-api-lab.ts'
import { usd } from '../support/usd.ts'

let database: TestDatabase
let owner: Member
let student: Member
let ada: Awaited<ReturnType<typeof createKey>>
let service: typeof ada
let secret: string
const from = new Date('2026-01-31T00:00:00Z')
const to = new Date('2026-02-02T00:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  owner = await foundLab('Lab', 'Asia/Shanghai')
  secret = (await createManagementKey(owner, { name: 'tests', role: 'viewer' })).secret
  const { id: projectId } = await createProject(owner, { name: 'data group' })
  const { id: membershipId, userId } = await createMember(owner, { email: 'ada@example.com', name: 'Ada' })
  student = { ...owner, userId, membershipId, role: 'member' }
  ada = await createKey(owner, { name: 'ada', projectId, memberEmail: 'ada@example.com', budgets: null })
  service = await createKey(owner, { name: 'service', projectId, budgets: null })
  const { id: providerId } = await createProvider(owner, { name: 'OpenAI', vendor: 'openai', apiKey: 'sk-0123456789' })
  const { id: modelId } = await createModel(owner, {
    name: 'gpt-4o',
    deployments: [{ providerId, upstreamModel: 'gpt-4o' }],
  })
  const insert = (key: typeof ada, createdAt: string, rest: object) =>
    insertRequest(database, { organizationId: owner.organizationId, key, createdAt, model: 'gpt-4o', modelId, ...rest })
  // 31 January, 23:30 and 1 February, 00:30 in Shanghai; both are 31 January in UTC.
  await insert(ada, '2026-01-31T15:30:00Z', { providerId, costNanos: usd('0.1'), inputTokens: 10, outputTokens: 5 })
  await insert(ada, '2026-01-31T16:30:00Z', { providerId, costNanos: usd('0.2'), inputTokens: 20, outputTokens: 5 })
  await insert(service, '2026-01-31T16:31:00Z', { providerId, costNanos: usd('0.4'), inputTokens: 40, outputTokens: 5 })
  await insert(service, '2026-01-31T16:32:00Z', { status: 402 })
  await insert(service, '2026-01-31T16:33:00Z', { status: 502, providerId })
  await insert(service, '2026-01-31T16:33:00Z', { status: 499, providerId })
})
afterAll(() => database?.drop())

describe('usage', () => {
  it("is summed by the days of the organization's time zone", async () => {
    const { rows, totals, timeZone } = await summarizeUsage(owner, { from, to, interval: 'day' })
    expect(timeZone).toBe('Asia/Shanghai')
    expect(rows.map(({ start, requests, costNanos }) => [start.toISOString(), requests, costNanos])).toEqual([
      ['2026-01-30T16:00:00.000Z', 1, usd('0.1')],
      ['2026-01-31T16:00:00.000Z', 5, usd('0.6')],
    ])
    expect(totals).toEqual({
      requests: 6,
      errors: 1,
      inputTokens: 70,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 15,
      reasoningTokens: 0,
      costNanos: usd('0.7'),
    })
  })

  it('is summed by months, hours and as one', async () => {
    const starts = async (interval: 'hour' | 'month' | null) =>
      (await summarizeUsage(owner, { from, to, interval })).rows.map(({ start }) => start.toISOString())
    expect(await starts('month')).toEqual(['2025-12-31T16:00:00.000Z', '2026-01-31T16:00:00.000Z'])
    expect(await starts('hour')).toEqual(['2026-01-31T15:00:00.000Z', '2026-01-31T16:00:00.000Z'])
    expect(await starts(null)).toEqual([from.toISOString()])
  })

  it('is grouped, the dearest first, with names and with null for none', async () => {
    const byKey = await summarizeUsage(owner, { from, to, groupBy: ['key', 'member'] })
    expect(byKey.rows.map(({ groups, costNanos }) => [groups.key?.name, groups.member, costNanos])).toEqual([
      ['service', { id: null, name: null }, usd('0.4')],
      ['ada', { id: student.membershipId, name: 'Ada' }, usd('0.3')],
    ])
    const byRest = await summarizeUsage(owner, { from, to, groupBy: ['model', 'project', 'provider', 'outcome'] })
    expect(
      byRest.rows.map(({ groups: { model, project, provider, outcome }, requests }) => [
        model?.name,
        project?.name,
        provider?.name,
        outcome?.id,
        requests,
      ]),
    ).toEqual([
      ['gpt-4o', 'data group', 'OpenAI', 'ok', 3],
      ['gpt-4o', 'data group', 'OpenAI', 'aborted', 1],
      ['gpt-4o', 'data group', 'OpenAI', 'error', 1],
      ['gpt-4o', 'data group', null, 'refused', 1],
    ])
  })

  it('of others is nothing that a member sees', async () => {
    expect((await summarizeUsage(student, { from, to })).totals).toMatchObject({ requests: 2, costNanos: usd('0.3') })
    expect((await summarizeUsage({ ...student, membershipId: null }, { from, to })).rows).toEqual([])
    expect((await summarizeUsage(student, { from, to, keyId: service.id })).rows).toEqual([])
  })

  it('refuses a span that ends before it begins', async () => {
    await expect(summarizeUsage(owner, { from: to, to: from })).rejects.toMatchObject({ param: 'from' })
  })

  it('stands beside that of the span before', async () => {
    const middle = new Date('2026-01-31T16:00:00Z')
    const { current, previous } = await getOverview(owner, { from: middle, to: new Date('2026-01-31T17:00:00Z') })
    expect(current).toMatchObject({ requests: 5, errors: 1, costNanos: usd('0.6') })
    expect(previous).toMatchObject({ requests: 1, errors: 0, costNanos: usd('0.1') })
  })

  it('has a bar for each day or hour of it, and those are all of it', async () => {
    const days = await getOverview(owner, { from, to, interval: 'day' })
    expect(days.bars.map(({ start, requests, costNanos }) => [start.toISOString(), requests, costNanos])).toEqual([
      ['2026-01-30T16:00:00.000Z', 1, usd('0.1')],
      ['2026-01-31T16:00:00.000Z', 5, usd('0.6')],
    ])
    expect(days.current).toEqual((await summarizeUsage(owner, { from, to })).totals)
    expect(days.previous.requests).toBe(0)
    const middle = new Date('2026-01-31T16:00:00Z')
    const hours = await getOverview(owner, { from: middle, to, interval: 'hour' })
    expect(hours.bars.map(({ start, errors }) => [start.toISOString(), errors])).toEqual([
      ['2026-01-31T16:00:00.000Z', 1],
    ])
    expect(hours.previous).toMatchObject({ requests: 1, costNanos: usd('0.1') })
  })

  it('names the keys that cost the most, to a member only the own', async () => {
    expect(await listTopKeys(owner, { from, to, limit: 5 })).toEqual([
      { id: service.id, name: 'service', costNanos: usd('0.4') },
      { id: ada.id, name: 'ada', costNanos: usd('0.3') },
    ])
    expect(await listTopKeys(owner, { from, to, limit: 1 })).toHaveLength(1)
    expect(await listTopKeys(student, { from, to, limit: 5 })).toMatchObject([{ name: 'ada' }])
    expect(await listTopKeys({ ...student, membershipId: null }, { from, to, limit: 5 })).toEqual([])
    const stranger = await foundLab('Other')
    expect(await listTopKeys(stranger, { from, to, limit: 5 })).toEqual([])
  })

  it('is answered by the API in flat rows and exact USD', async () => {
    const span = 'from=2026-01-31T00:00:00Z&to=2026-02-02'
    const { body } = await callApi(secret, 'GET', `/usage?group_by=key,outcome&interval=day&${span}`)
    expect(body).toMatchObject({
      time_zone: 'Asia/Shanghai',
      totals: { cost_usd: '0.7', requests: 6 },
      next_cursor: null,
    })
    expect(body.data[0]).toEqual({
      start: '2026-01-30T16:00:00.000Z',
      key_id: ada.id,
      key: 'ada',
      outcome: 'ok',
      requests: 1,
      errors: 0,
      input_tokens: 10,
      cached_tokens: 0,
      cache_write_tokens: 0,
      output_tokens: 5,
      reasoning_tokens: 0,
      cost_usd: '0.1',
    })
    for (const group of ['tag', 'colour', 'key,,model', '__proto__']) {
      expect(await callApi(secret, 'GET', `/usage?group_by=${group}`)).toMatchObject({
        status: 400,
        body: { error: { param: 'group_by' } },
      })
    }
  })
})

describe('requests', () => {
  it('are listed from the newest on, in pages that together hold each once', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listRequests(owner, { limit: 2, ...(cursor && { cursor }) })
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(6)
    expect(seen.length).toBe(6)
  })

  it('are found however long ago, and paged through without a gap where the latest week ends', async () => {
    const lab = await foundLab('Paged')
    const { id: projectId } = await createProject(lab, { name: 'p' })
    const key = await createKey(lab, { name: 'k', projectId, budgets: null })
    const hourMs = 3_600_000
    const ages = [1, 100, 167, 169, 200, 24 * 30, 24 * 31]
    const ids: string[] = []
    for (const age of ages) {
      const createdAt = new Date(Date.now() - age * hourMs).toISOString()
      ids.push(await insertRequest(database, { organizationId: lab.organizationId, key, createdAt }))
    }
    for (const limit of [1, 2, 3, 7]) {
      const found: string[] = []
      let cursor: string | null | undefined
      do {
        const page = await listRequests(lab, { limit, ...(cursor && { cursor }) })
        found.push(...page.rows.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor)
      expect(found).toEqual(ids)
    }
    const to = new Date(Date.now() - 150 * hourMs)
    const from = new Date(Date.now() - 24 * 30.5 * hourMs)
    expect((await listRequests(lab, { from, to, limit: 2 })).rows.map(({ id }) => id)).toEqual(ids.slice(2, 4))
    expect((await listRequests(lab, { from, to, limit: 9 })).rows.map(({ id }) => id)).toEqual(ids.slice(2, 6))
  })

  it('are found by each filter, and their totals with them', async () => {
    const find = async (filter: Parameters<typeof listRequests>[1] & object) => {
      const { rows } = await listRequests(owner, filter)
      const totals = await sumRequests(owner, filter)
      expect(totals.requests).toBe(rows.length)
      expect(totals.costNanos).toBe(rows.reduce((sum, row) => sum + row.costNanos, 0n))
      return rows.length
    }
    expect(await find({})).toBe(6)
    expect(await find({ keyId: ada.id })).toBe(2)
    expect(await find({ model: 'gpt-4o' })).toBe(6)
    expect(await find({ model: 'gpt-4' })).toBe(0)
    expect(await find({ status: 'ok' })).toBe(3)
    expect(await find({ status: 'error' })).toBe(1)
    expect(await find({ status: 'refused' })).toBe(1)
    expect(await find({ status: 'aborted' })).toBe(1)
    expect(await find({ status: '502' })).toBe(1)
    expect(await find({ from: new Date('2026-01-31T16:31:00Z'), to: new Date('2026-01-31T16:33:00Z') })).toBe(2)
    await expect(listRequests(owner, { status: 'bad' })).rejects.toMatchObject({ param: 'status' })
  })

  it('show a member the own ones', async () => {
    expect((await listRequests(student)).rows.map(({ keyName }) => keyName)).toEqual(['ada', 'ada'])
    const foreign = (await listRequests(owner, { keyId: service.id })).rows[0]!
    await expect(getRequest(student, foreign.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await sumRequests(student)).toMatchObject({ requests: 2, costNanos: usd('0.3') })
  })

  it('have the names that the contract gives them', async () => {
    const { body } = await callApi(secret, 'GET', `/requests?key_id=${ada.id}&limit=1`)
    expect(body.data[0]).toMatchObject({
      id: expect.any(String),
      created_at: '2026-01-31T16:30:00.000Z',
      key_id: ada.id,
      model: 'gpt-4o',
      provider_id: expect.any(String),
      status: 200,
      input_tokens: 20,
      cached_tokens: null,
      output_tokens: 5,
      reasoning_tokens: null,
      cost_usd: '0.2',
      estimated: false,
      latency_ms: 1,
      first_token_ms: null,
      finish_reason: null,
      attempts: [],
      error_code: null,
    })
    expect(body.next_cursor).toEqual(expect.any(String))
  })
})
