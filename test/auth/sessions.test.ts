import { encode } from 'next-auth/jwt'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { replacePassword } from '#lib/account/replace-password.ts'
import { checkCredentials } from '#lib/auth/check-credentials.ts'
import { endSession } from '#lib/auth/end-session.ts'
import { findMember } from '#lib/auth/find-member.ts'
import { findSignedInUser, type SignedInUser } from '#lib/auth/find-signed-in-user.ts'
import { hashPassword } from '#lib/auth/hash-password.ts'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'
import { openSessionId } from '#lib/auth/open-session-id.ts'
import { sealSessionId } from '#lib/auth/seal-session-id.ts'
import { sessionSecret } from '#lib/auth/session-secret.ts'
import { startSession } from '#lib/auth/start-session.ts'
import { newId } from '#lib/core/ids.ts'
import { prisma } from '#lib/db/prisma.ts'
import { foundOrganization } from '#lib/setup/found-organization.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'

const password = 'correct horse battery'
const day = 24 * 60 * 60 * 1000

let database: TestDatabase
let owner: pg.Client
let lin: SignedInUser
let mia: SignedInUser

beforeAll(async () => {
  database = await createTestDatabase()
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  lin = await found('Vision Lab', 'lin@example.com')
  mia = await found('Speech Lab', 'mia@example.com')
})

beforeEach(() => owner.query('TRUNCATE sessions, sign_in_attempts'))

afterAll(async () => {
  await prisma().$disconnect()
  await owner.end()
  await database.drop()
})

async function found(organization: string, email: string): Promise<SignedInUser> {
  const passwordHash = await hashPassword(password)
  const { owner } = await prisma().$transaction((tx) =>
    foundOrganization(tx, {
      organization,
      timeZone: 'UTC',
      locale: 'en',
      ownerLocale: 'en',
      name: email,
      email,
      passwordHash,
    }),
  )
  return { id: owner.userId, email, name: email, locale: 'en', hasSecondFactor: false }
}

async function expiry(sessionId: string): Promise<number> {
  const { rows } = await owner.query('SELECT expires_at FROM sessions WHERE id = $1', [sessionId])
  return rows[0].expires_at.getTime()
}

describe('a session', () => {
  it('names its person until it ends', async () => {
    const session = await startSession(lin.id, null)
    expect(await findSignedInUser(session)).toMatchObject({ id: lin.id, email: 'lin@example.com' })
    await endSession(session)
    expect(await findSignedInUser(session)).toBeNull()
    await endSession(session)
  })

  it('is a new one at every sign-in, and the same browser’s last one ends', async () => {
    const first = await startSession(lin.id, null)
    const elsewhere = await startSession(lin.id, null)
    const second = await startSession(mia.id, first)
    expect(second).not.toBe(first)
    expect(await findSignedInUser(first)).toBeNull()
    expect(await findSignedInUser(elsewhere)).not.toBeNull()
    expect(await findSignedInUser(second)).toMatchObject({ id: mia.id })
  })

  it('lasts 30 days without use, and use prolongs it at most every 12 hours', async () => {
    const session = await startSession(lin.id, null)
    const fresh = await expiry(session)
    expect(fresh - Date.now()).toBeGreaterThan(29.9 * day)
    await findSignedInUser(session)
    expect(await expiry(session)).toBe(fresh)

    await owner.query(`UPDATE sessions SET expires_at = expires_at - interval '13 hours'`)
    await findSignedInUser(session)
    expect(await expiry(session)).toBeGreaterThanOrEqual(fresh)

    await owner.query('UPDATE sessions SET expires_at = now()')
    expect(await findSignedInUser(session)).toBeNull()
  })

  it('that was never made is nobody’s', async () => {
    expect(await findSignedInUser(newId())).toBeNull()
  })
})

describe('a password change', () => {
  const address = '192.0.2.1'

  it('ends every session and lets only the new password in', async () => {
    const [here, elsewhere, others] = [
      await startSession(lin.id, null),
      await startSession(lin.id, null),
      await startSession(mia.id, null),
    ]
    const next = 'another long password'
    const result = await replacePassword(lin, { currentPassword: password, newPassword: next, address })
    expect(result).toEqual({ outcome: 'changed' })
    expect(await findSignedInUser(here)).toBeNull()
    expect(await findSignedInUser(elsewhere)).toBeNull()
    expect(await findSignedInUser(others)).not.toBeNull()
    expect(await checkCredentials({ email: lin.email, password, address })).toEqual({ outcome: 'wrong' })
    expect(await checkCredentials({ email: lin.email, password: next, address })).toMatchObject({ outcome: 'accepted' })
    await replacePassword(lin, { currentPassword: next, newPassword: password, address })
  })

  it('needs the current one, at the pace of sign-in', async () => {
    const session = await startSession(lin.id, null)
    const change = { currentPassword: 'wrong', newPassword: 'another long password', address }
    for (let n = 0; n < 10; n++) expect(await replacePassword(lin, change)).toEqual({ outcome: 'wrong' })
    const right = await replacePassword(lin, { ...change, currentPassword: password })
    expect(right).toMatchObject({ outcome: 'limited' })
    expect(await findSignedInUser(session)).not.toBeNull()
  })

  it('refuses a short one', async () => {
    const change = { currentPassword: password, newPassword: 'short', address }
    expect(await replacePassword(lin, change)).toEqual({ outcome: 'too_weak' })
  })
})

describe('the cookie', () => {
  it('holds the session’s id, sealed', async () => {
    const id = newId()
    const cookie = await sealSessionId(id)
    expect(cookie).not.toContain(id)
    expect(await openSessionId(cookie)).toBe(id)
  })

  it('is worth nothing when somebody else made it', async () => {
    const id = newId()
    const [cookie, secret] = [await sealSessionId(id), sessionSecret()]
    const middle = Math.floor(cookie.length / 2)
    const flipped = cookie.slice(0, middle) + (cookie[middle] === 'A' ? 'B' : 'A') + cookie.slice(middle + 1)
    for (const forged of [
      undefined,
      '',
      id,
      'eyJhbGciOiJub25lIn0.e30.',
      flipped,
      await encode({ token: { sessionId: id }, secret: 'another secret' }),
      await encode({ token: { sessionId: id }, secret, maxAge: -60 }),
      await encode({ token: { sessionId: 'no id' }, secret }),
      await encode({ token: {}, secret }),
    ]) {
      expect(await openSessionId(forged)).toBeNull()
    }
  })
})

describe('a member', () => {
  it('is one in the own organizations only', async () => {
    expect(await findMember(lin, 'vision-lab')).toMatchObject({ role: 'owner', userId: lin.id })
    expect(await findMember(lin, 'speech-lab')).toBeNull()
    expect(await findMember(lin, 'no-such-lab')).toBeNull()
    expect((await listOwnOrganizations(lin.id)).map(({ slug }) => slug)).toEqual(['vision-lab'])
  })

  it('is one no longer once removed', async () => {
    const zoe = await found('Robot Lab', 'zoe@example.com')
    await owner.query('UPDATE memberships SET removed_at = now() WHERE user_id = $1', [zoe.id])
    expect(await findMember(zoe, 'robot-lab')).toBeNull()
    expect(await listOwnOrganizations(zoe.id)).toEqual([])
  })
})

it('two organizations of one name get two slugs', async () => {
  await found('Chemistry', 'a@example.com')
  const second = await found('Chemistry', 'b@example.com')
  const [organization] = await listOwnOrganizations(second.id)
  expect(organization?.slug).toMatch(/^chemistry-[a-z0-9]{4}$/)
})
