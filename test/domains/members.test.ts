import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Member, Role } from '#lib/auth/member.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { createManagementKey } from '#lib/management-keys/create-management-key.ts'
import { changeMember } from '#lib/members/change-member.ts'
import { createMember } from '#lib/members/create-member.ts'
import { getMember } from '#lib/members/get-member.ts'
import { listKeyMakers } from '#lib/members/list-key-makers.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { removeMember } from '#lib/members/remove-member.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'

let database: TestDatabase
let owner: Member & { membershipId: string }

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  owner = (await foundLab()) as typeof owner
})

async function add(role: Role, email = `${role}@example.com`): Promise<Member & { membershipId: string }> {
  const { id, userId } = await createMember(owner, { email, name: role, role })
  return { ...owner, userId, membershipId: id, role, actor: `user:${email}` }
}

describe('roles', () => {
  it('are given up to the own one', async () => {
    const admin = await add('admin')
    const input = { email: 'x@example.com', name: 'X' }
    await expect(createMember(admin, { ...input, role: 'owner' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(createManagementKey(admin, { name: 'k', role: 'owner' })).rejects.toMatchObject({ code: 'forbidden' })
    const { id } = await createMember(admin, { ...input, role: 'admin' })
    await expect(changeMember(admin, id, { role: 'owner' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(changeMember(admin, admin.membershipId, { role: 'owner' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('are not taken from above', async () => {
    const admin = await add('admin')
    await expect(changeMember(admin, owner.membershipId, { role: 'viewer' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(removeMember(admin, owner.membershipId)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each(['lead', 'member', 'viewer'] as const)('of a %s change nobody', async (role) => {
    const low = await add(role)
    const input = { email: 'x@example.com', name: 'X', role: 'viewer' as const }
    await expect(createMember(low, input)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(removeMember(low, low.membershipId)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('the last owner', () => {
  it('stays and stays an owner', async () => {
    await expect(removeMember(owner, owner.membershipId)).rejects.toMatchObject({ code: 'conflict' })
    await expect(changeMember(owner, owner.membershipId, { role: 'admin' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await changeMember(owner, owner.membershipId, { role: 'owner' })).toMatchObject({ role: 'owner' })
  })

  it('is left when two owners remove each other at once', async () => {
    const second = await add('owner')
    const outcomes = await Promise.allSettled([
      removeMember(owner, second.membershipId),
      removeMember(second, owner.membershipId),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await listMembers(owner)).toMatchObject([{ role: 'owner' }])
  })
})

describe('a member', () => {
  it('is added once, whatever the case of the address, also by two at once', async () => {
    const outcomes = await Promise.allSettled(
      ['Ada@Example.com', 'ada@example.com'].map((email) => createMember(owner, { email, name: 'Ada' })),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict', param: 'email' },
    })
  })

  it('of another organization keeps the own name and belongs to both', async () => {
    const theirs = await foundLab('Theirs')
    await createMember(theirs, { email: 'both@example.com', name: 'Their name' })
    const { id } = await createMember(owner, { email: 'both@example.com', name: 'Our name' })
    expect(await getMember(owner, id)).toMatchObject({ name: 'Their name', role: 'member' })
    await expect(getMember(theirs, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('who is removed loses the own keys, and comes back without them', async () => {
    const { membershipId } = await add('member', 'ada@example.com')
    const { id: projectId } = await createProject(owner, { name: 'p' })
    const key = await createKey(owner, { name: 'k', projectId, memberEmail: 'ada@example.com', budgets: null })
    expect(await getMember(owner, membershipId)).toMatchObject({ keyCount: 1 })
    await removeMember(owner, membershipId)
    expect(await getKey(owner, key.id)).toMatchObject({ status: 'revoked' })
    const again = await createMember(owner, { email: 'ada@example.com', name: 'Ada', role: 'lead' })
    expect(again).toMatchObject({ id: membershipId, role: 'lead', keyCount: 0 })
  })
})

describe('whom somebody without a key may ask', () => {
  it('is who makes keys, the nearest to the work first: not oneself, nobody else, and nobody who has left', async () => {
    const [admin, lead, gone] = [await add('admin'), await add('lead'), await add('lead', 'gone@example.com')]
    const student = await add('member')
    await add('viewer')
    await removeMember(owner, gone.membershipId)
    const asked = (await listKeyMakers(student)).map(({ email }) => email)
    expect(asked.slice(0, 2)).toEqual(['lead@example.com', 'admin@example.com'])
    expect(asked).toHaveLength(3)
    expect((await listKeyMakers(lead)).map(({ email }) => email)).not.toContain('lead@example.com')
    expect((await listKeyMakers(admin))[0]).toEqual({ name: 'lead', email: 'lead@example.com' })
    const stranger = (await foundLab()) as typeof owner
    expect(await listKeyMakers(stranger)).toEqual([])
  })
})
