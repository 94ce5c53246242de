import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import type { Member } from '#lib/auth/member.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { listBudgets } from '#lib/budgets/list-budgets.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { pauseKey } from '#lib/keys/pause-key.ts'
import { revokeKey } from '#lib/keys/revoke-key.ts'
import { verifyLedger } from '#lib/ledger/verify-ledger.ts'
import { createManagementKey } from '#lib/management-keys/create-management-key.ts'
import { listManagementKeys } from '#lib/management-keys/list-management-keys.ts'
import { createMember } from '#lib/members/create-member.ts'
import { listMembers } from '#lib/members/list-members.ts'
import type { MemberView } from '#lib/members/member-view.ts'
import { leaveOrganization } from '#lib/offboarding/leave-organization.ts'
import { listFormerMembers } from '#lib/offboarding/list-former-members.ts'
import { offboardMember } from '#lib/offboarding/offboard-member.ts'
import { previewOffboarding } from '#lib/offboarding/preview-offboarding.ts'
import { reinstateMember } from '#lib/offboarding/reinstate-member.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { openNode } from '#test/ledger/lab.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { foundLab } from '#test/support/found-lab.ts'
import { admit } from '#test/support/spend.ts'
import { usd } from '#test/support/usd.ts'

let database: TestDatabase
let ledger: Awaited<ReturnType<typeof openNode>>
let owner: Member
let ada: MemberView
let mia: MemberView
let keys: string[]

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
  ada = await createMember(owner, { email: 'ada@example.com', name: 'Ada', role: 'admin' })
  mia = await createMember(owner, { email: 'mia@example.com', name: 'Mia', role: 'lead' })
  const { id: projectId } = await createProject(owner, { name: 'p' })
  const make = async (name: string) =>
    (await createKey(owner, { name, projectId, memberEmail: ada.email, budgets: null })).id
  keys = [await make('a'), await make('b'), await make('c')]
  await revokeKey(owner, keys[2]!)
  await createBudget(owner, { scope: 'member', scopeId: ada.id, period: 'month', limitNanos: usd('10') })
  await createBudget(owner, { scope: 'member', scopeId: ada.id, period: 'week', limitNanos: usd('3') })
})

const adaAsMember = (): Member => ({
  organizationId: owner.organizationId,
  userId: ada.userId,
  membershipId: ada.id,
  role: 'admin',
  actor: `user:${ada.email}`,
})
const statuses = () => Promise.all(keys.map(async (id) => (await getKey(owner, id)).status))
const caps = async (id: string) =>
  (await listBudgets(owner, { scope: 'member', scopeId: id })).map(({ period, limitNanos }) => ({ period, limitNanos }))
const emails = async () => (await listMembers(owner)).map(({ email }) => email)

describe('offboarding', () => {
  it('shows first what somebody leaves behind, and changes nothing', async () => {
    await createManagementKey(adaAsMember(), { name: 'script', role: 'lead' })
    const view = await previewOffboarding(owner, ada.id)
    expect(view.keys.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(view.budgets.map(({ period }) => period).toSorted()).toEqual(['month', 'week'])
    expect(view).toMatchObject({ managementKeys: [{ name: 'script' }], channels: [], openAsks: 0 })
    expect(await emails()).toContain(ada.email)
    expect(await statuses()).toEqual(['active', 'active', 'revoked'])
  })

  it('pauses keys, ends limits and revokes management keys, and all but the last comes back', async () => {
    await createManagementKey(adaAsMember(), { name: 'script', role: 'lead' })
    await pauseKey(owner, keys[1]!)
    const capsBefore = await caps(ada.id)
    await offboardMember(owner, ada.id, {})
    expect(await emails()).not.toContain(ada.email)
    expect(await statuses()).toEqual(['paused', 'paused', 'revoked'])
    expect(await caps(ada.id)).toEqual([])
    expect(await listManagementKeys(owner)).toEqual([])
    expect(await listFormerMembers(owner)).toMatchObject([{ id: ada.id, role: 'admin', pausedKeys: 1 }])
    await reinstateMember(owner, ada.id)
    // The one that was paused before stays so.
    expect(await statuses()).toEqual(['active', 'paused', 'revoked'])
    expect(await caps(ada.id)).toEqual(capsBefore)
    expect(await listFormerMembers(owner)).toEqual([])
    await expect(reinstateMember(owner, ada.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await verifyLedger(owner)).toMatchObject({ ok: true })
  })

  it('forgets no money: what was spent and is on its way counts again when the person is back', async () => {
    const key = await getKey(owner, keys[0]!)
    // Of the member, since the calls of a real key name its member.
    const spend = (costNanos: bigint) => admit(ledger, owner, { ...key }, { costNanos, membershipId: ada.id })
    await (await spend(usd('1'))).settle()
    const onItsWay = await spend(usd('1'))
    await offboardMember(owner, ada.id, {})
    await onItsWay.settle()
    await reinstateMember(owner, ada.id)
    const after = await listBudgets(owner, { scope: 'member', scopeId: ada.id })
    expect(after.map(({ spentNanos, reservedNanos }) => ({ spentNanos, reservedNanos }))).toEqual([
      { spentNanos: usd('2'), reservedNanos: 0n },
      { spentNanos: usd('2'), reservedNanos: 0n },
    ])
    await (await spend(usd('1'))).settle()
    await expect(spend(1n)).rejects.toMatchObject({ code: 'insufficient_quota' })
    expect(await verifyLedger(owner)).toMatchObject({ ok: true })
  })

  it('hands keys and limits over, and leaves the heir’s own limits alone', async () => {
    await createBudget(owner, { scope: 'member', scopeId: mia.id, period: 'week', limitNanos: usd('1') })
    await offboardMember(owner, ada.id, { keys: 'transfer', budgets: 'transfer', heirId: mia.id })
    expect(await statuses()).toEqual(['active', 'active', 'revoked'])
    expect((await getKey(owner, keys[0]!)).memberEmail).toBe(mia.email)
    expect((await getKey(owner, keys[2]!)).memberEmail).toBe(ada.email)
    expect((await caps(mia.id)).toSorted((a, b) => (a.period < b.period ? -1 : 1))).toEqual([
      { period: 'month', limitNanos: usd('10') },
      { period: 'week', limitNanos: usd('1') },
    ])
    const { rows } = await listAuditEvents(owner, { targetId: keys[0]! })
    expect(rows[0]).toMatchObject({ before: { memberEmail: ada.email }, after: { memberEmail: mia.email } })
  })

  it('is written down as one change and one of each thing', async () => {
    await offboardMember(owner, ada.id, { keys: 'revoke' })
    expect(await statuses()).toEqual(['revoked', 'revoked', 'revoked'])
    const { rows } = await listAuditEvents(owner, { limit: 5 })
    expect(rows.map(({ action }) => action).toSorted()).toEqual([
      'budget.archive',
      'budget.archive',
      'key.revoke',
      'key.revoke',
      'member.offboard',
    ])
    expect(rows.find(({ action }) => action === 'member.offboard')).toMatchObject({
      target: ada.email,
      before: { role: 'admin', keys: 2, budgets: 2 },
      after: { keys: 'revoke', heir: null },
    })
  })

  it('is all or nothing', async () => {
    const unchanged = async (work: Promise<unknown>, refusal: object) => {
      await expect(work).rejects.toMatchObject(refusal)
      expect(await emails()).toContain(ada.email)
      expect(await statuses()).toEqual(['active', 'active', 'revoked'])
      expect(await caps(ada.id)).toHaveLength(2)
    }
    const stranger = await foundLab('Strangers')
    const theirs = await createMember(stranger, { email: 'eve@example.com', name: 'Eve' })
    const missing = { code: 'not_found', param: 'heirId' }
    await unchanged(offboardMember(owner, ada.id, { keys: 'transfer', heirId: theirs.id }), missing)
    await unchanged(offboardMember(owner, ada.id, { keys: 'transfer', heirId: ada.id }), missing)
    await unchanged(offboardMember(owner, ada.id, { keys: 'transfer' }), { param: 'heirId' })
    await unchanged(offboardMember(stranger, ada.id, {}), { code: 'not_found' })
    await unchanged(offboardMember({ ...owner, role: 'lead' }, ada.id, {}), { code: 'forbidden' })
    const admin = { ...owner, role: 'admin' } as Member
    await unchanged(offboardMember(admin, owner.membershipId!, {}), { code: 'forbidden' })
    // The last owner: found out after keys and limits have been touched.
    await expect(offboardMember(owner, owner.membershipId!, {})).rejects.toMatchObject({ code: 'conflict' })
    await createMember(owner, { email: 'second@example.com', name: 'Second', role: 'owner' })
    await createManagementKey(owner, { name: 'root', role: 'owner' })
    expect((await previewOffboarding(owner, owner.membershipId!)).managementKeys).toHaveLength(1)
  })

  it('of both owners by each other leaves one', async () => {
    const second = await createMember(owner, { email: 'second@example.com', name: 'Second', role: 'owner' })
    const other: Member = { ...owner, userId: second.userId, membershipId: second.id, actor: 'user:second@example.com' }
    const outcomes = await Promise.allSettled([
      offboardMember(owner, second.id, {}),
      offboardMember(other, owner.membershipId!, {}),
    ])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('leaving', () => {
  it('pauses the own keys and is open to everybody but the last owner', async () => {
    await createManagementKey(adaAsMember(), { name: 'script', role: 'lead' })
    await leaveOrganization(adaAsMember())
    expect(await emails()).not.toContain(ada.email)
    expect(await statuses()).toEqual(['paused', 'paused', 'revoked'])
    expect(await listManagementKeys(owner)).toHaveLength(1)
    const { rows } = await listAuditEvents(owner, { action: 'member.leave' })
    expect(rows).toMatchObject([{ actor: `user:${ada.email}`, target: ada.email }])
    await expect(leaveOrganization(adaAsMember())).rejects.toMatchObject({ code: 'not_found' })
    await expect(leaveOrganization(owner)).rejects.toMatchObject({ code: 'conflict' })
    await expect(leaveOrganization({ ...owner, membershipId: null, userId: null })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await reinstateMember(owner, ada.id)
    expect(await statuses()).toEqual(['active', 'active', 'revoked'])
  })
})
