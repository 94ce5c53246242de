import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explorerWindow } from '#app/(console)/[organization]/usage/explorer-window.ts'
import { csvOfUsage } from '#app/(console)/[organization]/usage/export/csv-of-usage.ts'
import { explorationOf } from '#app/(console)/usage/exploration-of.ts'
import { readUsageQuery } from '#components/usage/usage-view.ts'
import type { Member } from '#lib/auth/member.ts'
import { parseUsd } from '#lib/core/money.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { exploreUsage } from '#lib/usage/explore-usage.ts'
import { summarizeUsage } from '#lib/usage/summarize-usage.ts'
import { listViews } from '#lib/views/list-views.ts'
import { removeView } from '#lib/views/remove-view.ts'
import { saveView } from '#lib/views/save-view.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { insertRequest } from '../support/insert-request.ts'
import { usd } from '../support/usd.ts'

const now = new Date('2026-03-10T04:00:00Z')
const zone = 'Asia/Shanghai'
const words = { all: 'all', other: 'other', none: 'none', outcome: (id: string) => id }

let database: TestDatabase
let owner: Member
let student: Member
const keys: { id: string; projectId: string; membershipId: string | null }[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  owner = await foundLab('Lab', zone)
  const { id: projectId } = await createProject(owner, { name: 'data group' })
  const { id: membershipId, userId } = await createMember(owner, { email: 'ada@example.com', name: 'Ada' })
  student = { ...owner, userId, membershipId, role: 'member' }
  for (const name of ['=cmd', 'two', 'three', 'four']) {
    keys.push(
      await createKey(owner, {
        name,
        projectId,
        budgets: null,
        ...(name === 'two' && { memberEmail: 'ada@example.com' }),
      }),
    )
  }
  const book = (place: number, createdAt: string, cost: string) =>
    insertRequest(database, {
      organizationId: owner.organizationId,
      key: keys[place]!,
      createdAt,
      costNanos: usd(cost),
      inputTokens: 3,
      outputTokens: 4,
    })
  await book(0, '2026-03-09T01:00:00Z', '4.000000001')
  await book(1, '2026-03-09T02:00:00Z', '3')
  await book(2, '2026-03-08T15:30:00Z', '0.333333333')
  // 00:30 of the 9th in Shanghai.
  await book(3, '2026-03-08T16:30:00Z', '0.000000002')
  await book(2, '2026-03-01T01:00:00Z', '2')
  // At a time of the first day before that has no counterpart yet.
  await book(0, '2026-03-03T06:00:00Z', '50')
})
afterAll(() => database?.drop())

async function explore(member: Member, search: Record<string, string>, top = 2) {
  const query = readUsageQuery(search)
  const window = explorerWindow(query, zone, now)
  const found = await exploreUsage(member, {
    from: window.from,
    to: window.to,
    metric: query.metric,
    interval: window.interval,
    groupBy: query.group === 'none' ? [] : [query.group],
    top,
    previousMs: query.compare ? window.previousMs : null,
  })
  return explorationOf(found, window, { unit: 'usd', compare: query.compare, ownHrefs: () => null, words })
}

describe('the usage explorer', () => {
  it('names the largest groups and folds the rest into one, and the parts make the whole', async () => {
    const shown = await explore(owner, { range: '7d', group: 'key' })
    expect(shown.rows.map(({ label, total }) => [label, total])).toEqual([
      ['=cmd', '4.000000001'],
      ['two', '3'],
      ['other', '0.333333335'],
    ])
    expect(shown.total).toBe('7.333333336')
    const { totals } = await summarizeUsage(owner, { from: new Date('2026-03-03T16:00:00Z'), to: now })
    expect(parseUsd(shown.total)).toBe(totals.costNanos)
  })

  it("cuts days by the organization's clock and lays the time before over this one up to the same hour", async () => {
    const { buckets, previousTotal } = await explore(owner, { range: '7d', group: 'none', compare: '1' })
    expect(buckets.map(({ at, amounts, previous }) => [at, amounts.all ?? '0', previous])).toEqual([
      ['2026-03-03T16:00:00.000Z', '0', '0'],
      ['2026-03-04T16:00:00.000Z', '0', '0'],
      ['2026-03-05T16:00:00.000Z', '0', '0'],
      ['2026-03-06T16:00:00.000Z', '0', '0'],
      ['2026-03-07T16:00:00.000Z', '0.333333333', '2'],
      ['2026-03-08T16:00:00.000Z', '7.000000003', '0'],
      ['2026-03-09T16:00:00.000Z', '0', '0'],
    ])
    expect(previousTotal).toBe('2')
  })

  it('shows who may see only what is their own no more than that', async () => {
    expect((await explore(student, { range: '7d', group: 'key' })).rows.map(({ label }) => label)).toEqual(['two'])
  })

  it('cuts weeks and months where the database does', async () => {
    for (const interval of ['week', 'month'] as const) {
      const { total, buckets } = await explore(owner, { range: 'custom', from: '2026-01-20', interval, group: 'none' })
      expect(total).toBe('59.333333336')
      const sum = buckets.reduce((all, { amounts }) => all + parseUsd(amounts.all ?? '0')!, 0n)
      expect(sum).toBe(parseUsd(total))
    }
  })

  it('writes a file whose amounts add up to the last digit, and nothing in it is a formula', async () => {
    const summary = await summarizeUsage(owner, {
      from: new Date('2026-03-01'),
      to: now,
      groupBy: ['key'],
      interval: 'day',
    })
    const csv = csvOfUsage(summary, { interval: 'day' })
    expect(csv.startsWith('\uFEFFday,key,key_id,')).toBe(true)
    const lines = csv.trim().split('\r\n').slice(1)
    const sum = lines.reduce((all, line) => all + parseUsd(line.split(',').at(-1)!)!, 0n)
    expect(sum).toBe(usd('59.333333336'))
    expect(csv).toContain(",'=cmd,")
    expect(csv).not.toContain(',=cmd,')
  })
})

describe('a saved view', () => {
  it('is seen by its maker, by others only when shared, and removed by its maker alone', async () => {
    const own = await saveView(student, { name: 'mine', query: 'group=key' })
    const shared = await saveView(student, { name: 'ours', query: 'group=model', isShared: true })
    expect((await listViews(student)).map(({ name, isOwn }) => [name, isOwn])).toEqual([
      ['mine', true],
      ['ours', true],
    ])
    expect((await listViews(owner)).map(({ name, isOwn }) => [name, isOwn])).toEqual([['ours', false]])
    await expect(removeView(owner, shared.id)).rejects.toMatchObject({ code: 'not_found' })
    await removeView(student, own.id)
    expect((await listViews(student)).map(({ name }) => name)).toEqual(['ours'])
    const stranger = await foundLab('Another lab', 'UTC')
    expect(await listViews(stranger)).toEqual([])
  })
})
