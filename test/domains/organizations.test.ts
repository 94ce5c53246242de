import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import { findMember } from '#lib/auth/find-member.ts'
import type { SignedInUser } from '#lib/auth/find-signed-in-user.ts'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'
import type { Member } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { createMember } from '#lib/members/create-member.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { changeOrganization } from '#lib/organizations/change-organization.ts'
import { createOrganization } from '#lib/organizations/create-organization.ts'
import { getOrganization } from '#lib/organizations/get-organization.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { listProjects } from '#lib/projects/list-projects.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { foundLab } from '#test/support/found-lab.ts'

let database: TestDatabase
let owner: Member
let user: SignedInUser

beforeAll(async () => {
  database = await createTestDatabase()
  owner = await foundLab('First')
  const email = owner.actor.replace('user:', '')
  user = { id: owner.userId!, email, name: 'Owner', locale: 'en', hasSecondFactor: false }
})
afterAll(() => database?.drop())

describe('a second organization', () => {
  it('belongs to who made it, apart from the first', async () => {
    const { id: projectId } = await createProject(owner, { name: 'only in the first' })
    const key = await createKey(owner, { name: 'only in the first', projectId, budgets: null })
    const slug = await createOrganization(user, { name: 'Second', timeZone: 'Asia/Shanghai', locale: 'zh-CN' })
    expect(slug).toBe('second')
    expect(await listOwnOrganizations(user.id)).toMatchObject([
      { name: 'First', role: 'owner' },
      { name: 'Second', role: 'owner', slug },
    ])
    const there = (await findMember(user, slug))!
    expect(there).toMatchObject({ role: 'owner', organization: { timeZone: 'Asia/Shanghai', locale: 'zh-CN' } })
    expect(await listProjects(there)).toEqual([])
    expect((await listKeys(there)).rows).toEqual([])
    expect(await listMembers(there)).toMatchObject([{ email: user.email, role: 'owner' }])
    await expect(getKey(there, key.id)).rejects.toMatchObject({ code: 'not_found' })
    const seen = await Promise.all([listAuditEvents(there), listAuditEvents(owner)])
    expect(seen[0].rows).toMatchObject([{ action: 'organization.create', target: 'Second' }])
    expect(JSON.stringify(seen[1].rows)).not.toContain('Second')
    const first = (await getOrganization(owner)).slug
    expect((await findMember(user, first))?.organizationId).toBe(owner.organizationId)
  })

  it('of the same name gets an address of its own', async () => {
    const [a, b] = await Promise.all(
      [1, 2].map(() => createOrganization(user, { name: 'Third', timeZone: 'UTC', locale: 'en' })),
    )
    expect(a).not.toBe(b)
  })

  it('is made by owners, with a time zone that there is', async () => {
    const { userId, email } = await createMember(owner, { email: 'ada@example.com', name: 'Ada', role: 'admin' })
    const input = { name: 'Mine', timeZone: 'UTC', locale: 'en' } as const
    await expect(createOrganization({ ...user, id: userId, email }, input)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(createOrganization(user, { ...input, timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
      param: 'timeZone',
    })
    expect((await listOwnOrganizations(user.id)).map(({ name }) => name)).not.toContain('Mine')
  })
})

describe('the time zone of an organization', () => {
  it('stays while a cap is being made that renews by it', async () => {
    const { organizationId } = owner
    const other = new pg.Client({ connectionString: database.url })
    await other.connect()
    await other.query('BEGIN')
    await other.query('SELECT hold_reservations($1)', [organizationId])
    await other.query(
      `INSERT INTO budgets (id, organization_id, scope, scope_id, period, limit_nanos)
       VALUES ($1, $2, 'organization', $2, 'month', 1)`,
      [newId(), organizationId],
    )
    let isOver = false
    const change = changeOrganization(owner, { timeZone: 'Asia/Shanghai' }).finally(() => {
      isOver = true
    })
    const refusal = expect(change).rejects.toMatchObject({ code: 'conflict', param: 'timeZone' })
    const waits = `SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
    while (!isOver && (await other.query(waits)).rowCount === 0) await sleep(10)
    await other.query('COMMIT')
    await other.end()
    await refusal
  })
})
