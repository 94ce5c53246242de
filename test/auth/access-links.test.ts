import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLink } from '#lib/access-links/create-access-link.ts'
import { findAccessLink } from '#lib/access-links/find-access-link.ts'
import { revokeAccessLinks } from '#lib/access-links/revoke-access-links.ts'
import { useAccessLink as takeAccessLink } from '#lib/access-links/use-access-link.ts'
import { changeProfile } from '#lib/account/change-profile.ts'
import { endOwnSessions } from '#lib/account/end-own-sessions.ts'
import { listOwnSessions } from '#lib/account/list-own-sessions.ts'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import { checkCredentials } from '#lib/auth/check-credentials.ts'
import { findSignedInUser } from '#lib/auth/find-signed-in-user.ts'
import type { Member } from '#lib/auth/member.ts'
import { startSession } from '#lib/auth/start-session.ts'
import { newId } from '#lib/core/ids.ts'
import { changeMember } from '#lib/members/change-member.ts'
import { createMember } from '#lib/members/create-member.ts'
import type { MemberView } from '#lib/members/member-view.ts'
import { removeMember } from '#lib/members/remove-member.ts'
import { asOwner } from '#test/support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { foundLab } from '#test/support/found-lab.ts'

const password = 'correct horse battery'
const address = '192.0.2.7'

let database: TestDatabase
let owner: Member
let ada: MemberView

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  owner = await foundLab()
  ada = await createMember(owner, { email: `${newId()}@example.com`, name: 'Ada' })
})

const comeIn = (token: string, chosen: string | null = password, signedInUserId: string | null = null) =>
  takeAccessLink(token, { password: chosen, signedInUserId })

const signIn = async (chosen: string) =>
  (await checkCredentials({ email: ada.email, password: chosen, address })).outcome

describe('a link for a member who has not come in', () => {
  it('sets the first password, once', async () => {
    const { token } = await createAccessLink(owner, ada.id)
    expect(await findAccessLink(token)).toMatchObject({ email: ada.email, hasPassword: false, setsPassword: true })
    expect(await comeIn(token)).toMatchObject({ outcome: 'used', userId: ada.userId, key: null })
    expect(await signIn(password)).toBe('accepted')
    expect(await comeIn(token, 'somebody else’s choice')).toEqual({ outcome: 'gone' })
    expect(await findAccessLink(token)).toBeNull()
    expect(await signIn(password)).toBe('accepted')
  })

  it('lets one of many in who use it at once', async () => {
    const { token } = await createAccessLink(owner, ada.id)
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map((n) => comeIn(token, `the password of number ${n}`)))
    expect(outcomes.filter(({ outcome }) => outcome === 'used')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'gone')).toHaveLength(4)
  })

  it('is not used up by a short password', async () => {
    const { token } = await createAccessLink(owner, ada.id)
    expect(await comeIn(token, 'short')).toEqual({ outcome: 'too_weak' })
    expect(await comeIn(token, null)).toEqual({ outcome: 'too_weak' })
    expect(await comeIn(token)).toMatchObject({ outcome: 'used' })
  })

  it('ends when a newer one is made, when withdrawn, and with its time', async () => {
    const first = await createAccessLink(owner, ada.id)
    const second = await createAccessLink(owner, ada.id)
    expect(await comeIn(first.token)).toEqual({ outcome: 'gone' })
    expect(await revokeAccessLinks(owner, ada.id)).toBe(1)
    expect(await revokeAccessLinks(owner, ada.id)).toBe(0)
    expect(await comeIn(second.token)).toEqual({ outcome: 'gone' })
    const third = await createAccessLink(owner, ada.id)
    await asOwner(database, `UPDATE access_links SET expires_at = now() - interval '1 second'`)
    expect(await comeIn(third.token)).toEqual({ outcome: 'gone' })
    expect(await comeIn('guessed')).toEqual({ outcome: 'gone' })
  })

  it('ends with a change of the role, and with the membership for good', async () => {
    const before = await createAccessLink(owner, ada.id)
    await changeMember(owner, ada.id, { role: 'admin' })
    expect(await comeIn(before.token)).toEqual({ outcome: 'gone' })
    const { token } = await createAccessLink(owner, ada.id)
    await removeMember(owner, ada.id)
    expect(await comeIn(token)).toEqual({ outcome: 'gone' })
    await createMember(owner, { email: ada.email, name: 'Ada' })
    expect(await comeIn(token)).toEqual({ outcome: 'gone' })
  })

  it('is kept as a hash, and never told to the audit log', async () => {
    const { token } = await createAccessLink(owner, ada.id)
    await comeIn(token)
    const rows = await asOwner(database, 'SELECT row_to_json(a)::text AS row FROM access_links a')
    const { rows: events } = await listAuditEvents(owner)
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['access_link.create', 'access_link.use', 'member.create']),
    )
    const hex = Buffer.from(token).toString('hex')
    for (const text of [JSON.stringify(rows), JSON.stringify(events)]) {
      expect(text).not.toContain(token)
      expect(text).not.toContain(hex)
      expect(text).not.toContain(password)
    }
  })
})

describe('a link for a member who has a password', () => {
  beforeEach(async () => {
    await comeIn((await createAccessLink(owner, ada.id)).token)
  })

  it('sets a new one and signs every browser out', async () => {
    const session = await startSession(ada.userId, null)
    const { token } = await createAccessLink(owner, ada.id)
    expect(await signIn(password)).toBe('accepted')
    await comeIn(token, 'a wholly new password')
    expect(await signIn(password)).toBe('wrong')
    expect(await signIn('a wholly new password')).toBe('accepted')
    expect(await findSignedInUser(session)).toBeNull()
  })

  it('is refused for a person whom another organization knows, however it came first', async () => {
    const open = await createAccessLink(owner, ada.id)
    const other = await foundLab('Other')
    const there = await createMember(other, { email: ada.email, name: 'Ada' })
    await expect(createAccessLink(other, there.id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(createAccessLink(owner, ada.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await comeIn(open.token, 'a wholly new password')).toEqual({ outcome: 'sign_in' })
    expect(await signIn(password)).toBe('accepted')
  })
})

describe('who may make one', () => {
  it('is an admin, for roles up to the own one and members of the own organization', async () => {
    const admin = { ...owner, role: 'admin' } as Member
    await expect(createAccessLink(admin, owner.membershipId!)).rejects.toMatchObject({ code: 'forbidden' })
    for (const role of ['lead', 'member', 'viewer'] as const) {
      await expect(createAccessLink({ ...owner, role }, ada.id)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(revokeAccessLinks({ ...owner, role }, ada.id)).rejects.toMatchObject({ code: 'forbidden' })
    }
    const stranger = await foundLab('Strangers')
    await expect(createAccessLink(stranger, ada.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(revokeAccessLinks(stranger, ada.id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('one’s own account', () => {
  it('lists the own sessions, and ends them one by one or all but this', async () => {
    const here = await startSession(ada.userId, null, `Firefox/${'9'.repeat(400)}`)
    const [there, elsewhere] = [await startSession(ada.userId, null), await startSession(ada.userId, null)]
    const others = await startSession(owner.userId!, null)
    const list = await listOwnSessions(ada.userId)
    expect(list.map(({ id }) => id).sort()).toEqual([here, there, elsewhere].sort())
    expect(list.find(({ id }) => id === here)?.userAgent).toHaveLength(300)
    expect(await endOwnSessions(ada.userId, { id: others })).toBe(0)
    expect(await endOwnSessions(ada.userId, { id: 'no id' })).toBe(0)
    expect(await endOwnSessions(ada.userId, { id: there })).toBe(1)
    expect(await endOwnSessions(ada.userId, { allBut: here })).toBe(1)
    expect(await findSignedInUser(here)).not.toBeNull()
    expect(await findSignedInUser(others)).not.toBeNull()
  })

  it('takes another name and language', async () => {
    await changeProfile(ada.userId, { name: ' Ada Lovelace ', locale: 'zh-CN' })
    const session = await startSession(ada.userId, null)
    expect(await findSignedInUser(session)).toMatchObject({ name: 'Ada Lovelace', locale: 'zh-CN' })
    await expect(changeProfile(ada.userId, { name: 'two\nlines', locale: 'en' })).rejects.toMatchObject({
      code: 'invalid_request_error',
    })
  })
})
