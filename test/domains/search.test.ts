import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesOf } from '#app/(console)/[organization]/audit/audit-facts-of.ts'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import type { Member } from '#lib/auth/member.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { searchEverything } from '#lib/search/search-everything.ts'
import { getHeatmap } from '#lib/usage/get-heatmap.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { insertRequest } from '../support/insert-request.ts'
import { usd } from '../support/usd.ts'

let database: TestDatabase
let owner: Member
let student: Member
let requestId: string

beforeAll(async () => {
  database = await createTestDatabase()
  owner = await foundLab('Lab', 'Asia/Kolkata')
  const { id: projectId } = await createProject(owner, { name: 'thesis group' })
  const { id: membershipId, userId } = await createMember(owner, { email: 'ada@example.com', name: 'Ada' })
  student = { ...owner, userId, membershipId, role: 'member' }
  const other = await createKey(owner, { name: 'thesis service', projectId, budgets: null })
  await createKey(owner, { name: 'thesis 100%', projectId, memberEmail: 'ada@example.com', budgets: null })
  requestId = await insertRequest(database, {
    organizationId: owner.organizationId,
    key: other,
    // Sunday, 23:30 in Kolkata.
    createdAt: '2026-03-01T18:00:00Z',
    costNanos: usd('1.5'),
  })
})
afterAll(() => database?.drop())

const found = async (member: Member, text: string) =>
  (await searchEverything(member, { text })).map(({ kind, name }) => `${kind} ${name}`).sort()

describe('search', () => {
  it('finds by part of a name whatever the kind, and a request by its id', async () => {
    expect(await found(owner, 'THESIS')).toEqual(['key thesis 100%', 'key thesis service', 'project thesis group'])
    expect(await found(owner, 'ada@')).toEqual(['member Ada'])
    expect(await found(owner, requestId)).toEqual(['request m'])
  })

  it('shows a student no more than what is their own', async () => {
    expect(await found(student, 'thesis')).toEqual(['key thesis 100%'])
    expect(await found(student, 'ada')).toEqual([])
    expect(await found(student, requestId)).toEqual([])
  })

  it('takes signs of patterns for what they are, and finds nothing of another organization', async () => {
    expect(await found(owner, '%')).toEqual(['key thesis 100%'])
    expect(await found(await foundLab('Another', 'UTC'), 'thesis')).toEqual([])
  })
})

describe('the heatmap', () => {
  it("counts by the organization's weekday and hour, also where its clock is off by half an hour", async () => {
    const cells = await getHeatmap(owner, { from: new Date('2026-02-27'), to: new Date('2026-03-04') })
    expect(cells).toEqual([{ weekday: 7, hour: 23, requests: 1, costNanos: usd('1.5') }])
  })
})

describe('the audit', () => {
  it('is narrowed by who, by what and by time', async () => {
    const { rows } = await listAuditEvents(owner, { action: 'project', actor: 'EXAMPLE.com' })
    expect(rows.map(({ action, target }) => [action, target])).toEqual([['project.create', 'thesis group']])
    expect((await listAuditEvents(owner, { actor: 'nobody' })).rows).toEqual([])
    expect((await listAuditEvents(owner, { to: new Date('2026-01-01') })).rows).toEqual([])
    const all = await listAuditEvents(owner, { from: new Date('2026-01-01') })
    const first = await listAuditEvents(owner, { from: new Date('2026-01-01'), limit: 2 })
    const rest = await listAuditEvents(owner, { from: new Date('2026-01-01'), cursor: first.nextCursor! })
    expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(all.rows.map(({ id }) => id))
  })

  it('names the fields that differ, amounts in dollars', () => {
    expect(
      changesOf(
        { name: 'a', limitNanos: '1500000000', tags: [], budgets: [{ limitNanos: '2' }] },
        { name: 'a', limitNanos: '2000000000', tags: null, budgets: [{ limitNanos: '3' }] },
      ),
    ).toEqual([
      { field: 'budgets', before: '[{"limitNanos":"$0.000000002"}]', after: '[{"limitNanos":"$0.000000003"}]' },
      { field: 'limit', before: '$1.5', after: '$2' },
    ])
  })
})
