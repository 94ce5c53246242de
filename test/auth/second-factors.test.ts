import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLink } from '#lib/access-links/create-access-link.ts'
import { useAccessLink as takeAccessLink } from '#lib/access-links/use-access-link.ts'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import { createChallenge } from '#lib/auth/create-challenge.ts'
import { findMember } from '#lib/auth/find-member.ts'
import { findSignedInUser, type SignedInUser } from '#lib/auth/find-signed-in-user.ts'
import type { Member } from '#lib/auth/member.ts'
import { startSession } from '#lib/auth/start-session.ts'
import { takeChallenge } from '#lib/auth/take-challenge.ts'
import { newId } from '#lib/core/ids.ts'
import { prisma } from '#lib/db/prisma.ts'
import { createMember } from '#lib/members/create-member.ts'
import type { MemberView } from '#lib/members/member-view.ts'
import { changeOrganization } from '#lib/organizations/change-organization.ts'
import { getOrganization } from '#lib/organizations/get-organization.ts'
import { checkPasskey } from '#lib/two-factor/check-passkey.ts'
import { checkSecondFactor } from '#lib/two-factor/check-second-factor.ts'
import { clearSecondFactors } from '#lib/two-factor/clear-second-factors.ts'
import { confirmTotp } from '#lib/two-factor/confirm-totp.ts'
import { finishPasskey } from '#lib/two-factor/finish-passkey.ts'
import { listSecondFactors } from '#lib/two-factor/list-second-factors.ts'
import { listWithoutSecondFactor } from '#lib/two-factor/list-without-second-factor.ts'
import { removePasskey } from '#lib/two-factor/remove-passkey.ts'
import { removeTotp } from '#lib/two-factor/remove-totp.ts'
import { renewRecoveryCodes } from '#lib/two-factor/renew-recovery-codes.ts'
import { startPasskey } from '#lib/two-factor/start-passkey.ts'
import { startPasskeySignIn } from '#lib/two-factor/start-passkey-sign-in.ts'
import { startTotp } from '#lib/two-factor/start-totp.ts'
import { asOwner } from '#test/support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { foundLab } from '#test/support/found-lab.ts'

const password = 'correct horse battery'
const address = '192.0.2.7'
const proof = { secret: password, address }
const origin = 'https://stipend.example'

let database: TestDatabase
let owner: Member
let ada: MemberView

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  await prisma().signInAttempt.deleteMany()
  owner = await foundLab()
  ada = await createMember(owner, { email: `${newId()}@example.com`, name: 'Ada' })
  const { token } = await createAccessLink(owner, ada.id)
  await takeAccessLink(token, { password, signedInUserId: null })
})

/** Ada as her next page sees her. */
async function user(): Promise<SignedInUser> {
  return (await findSignedInUser(await startSession(ada.userId, null)))!
}

const now = () => Math.floor(Date.now() / 1000)
/** What the app shows now, or so many half minutes from now. */
const codeOf = (secret: string, halfMinutes = 0) => generateSync({ secret, epoch: now() + 30 * halfMinutes })

async function setUp(): Promise<{ secret: string; codes: string[] }> {
  const { secret } = await startTotp(await user(), proof)
  return { secret, codes: (await confirmTotp(await user(), codeOf(secret)))! }
}

const check = async (code: string, from = address) =>
  (await checkSecondFactor({ id: ada.userId, email: ada.email }, code, from)).outcome

async function audited(): Promise<string[]> {
  const { rows } = await listAuditEvents(owner, { action: 'account' })
  return rows.map(({ action }) => action).toReversed()
}

describe('an authenticator app', () => {
  it('counts from its first code on, and brings recovery codes', async () => {
    const { secret, uri } = await startTotp(await user(), proof)
    expect(uri).toBe(`otpauth://totp/Stipend:${encodeURIComponent(ada.email)}?secret=${secret}&issuer=Stipend`)
    expect((await user()).hasSecondFactor).toBe(false)
    await expect(confirmTotp(await user(), '000')).rejects.toMatchObject({ param: 'code' })
    const codes = await confirmTotp(await user(), codeOf(secret))
    expect(new Set(codes).size).toBe(10)
    expect((await user()).hasSecondFactor).toBe(true)
    expect(await audited()).toEqual(['account.add_totp'])
  })

  it('takes a code once, also of two at the same time, and none that is older', async () => {
    const { secret } = await setUp()
    expect(await check(codeOf(secret))).toBe('wrong')
    const next = codeOf(secret, 1)
    const outcomes = await Promise.all([check(next), check(next)])
    expect(outcomes.toSorted()).toEqual(['accepted', 'wrong'])
    expect(await check(next)).toBe('wrong')
    expect(await check(codeOf(secret))).toBe('wrong')
  })

  it('may have a clock that is off by half a minute, and not by two', async () => {
    const { secret } = await setUp()
    await asOwner(database, 'UPDATE totp_factors SET last_step = 0')
    expect(await check(codeOf(secret, 4))).toBe('wrong')
    expect(await check(codeOf(secret, -4))).toBe('wrong')
    expect(await check(codeOf(secret, 1))).toBe('accepted')
  })

  it('is asked at most ten times in a quarter of an hour, from wherever', async () => {
    const { codes } = await setUp()
    for (let n = 0; n < 10; n++) expect(await check('abcde-fghij', `192.0.2.${n}`)).toBe('wrong')
    expect(await check(codes[0]!, '198.51.100.1')).toBe('limited')
  })

  it('is kept sealed, for its person alone', async () => {
    const { secret, codes } = await setUp()
    const text = JSON.stringify([
      await asOwner(database, 'SELECT row_to_json(t)::text AS row FROM totp_factors t'),
      await asOwner(database, 'SELECT row_to_json(r)::text AS row FROM recovery_codes r'),
      (await listAuditEvents(owner)).rows,
    ])
    for (const plain of [secret, ...codes]) {
      expect(text).not.toContain(plain)
      expect(text).not.toContain(Buffer.from(plain).toString('hex'))
    }
    const mia = await createMember(owner, { email: `${newId()}@example.com`, name: 'Mia' })
    await asOwner(database, 'UPDATE totp_factors SET user_id = $1 WHERE user_id = $2', [mia.userId, ada.userId])
    await expect(checkSecondFactor({ id: mia.userId, email: mia.email }, codeOf(secret, 1), address)).rejects.toThrow()
  })
})

describe('a recovery code', () => {
  it('works once, however it is written', async () => {
    const { codes } = await setUp()
    expect(await check(codes[0]!.toUpperCase().replace('-', ' '))).toBe('accepted')
    expect(await check(codes[0]!)).toBe('wrong')
    const outcomes = await Promise.all([check(codes[1]!), check(codes[1]!)])
    expect(outcomes.toSorted()).toEqual(['accepted', 'wrong'])
    expect(await listSecondFactors(ada.userId)).toMatchObject({ recoveryCodes: 8 })
    expect(await audited()).toEqual(['account.add_totp', 'account.use_recovery_code', 'account.use_recovery_code'])
  })

  it('is worth nothing when new ones are made', async () => {
    const { codes } = await setUp()
    const renewed = await renewRecoveryCodes(await user(), proof)
    expect(await check(codes[0]!)).toBe('wrong')
    expect(await check(renewed[0]!)).toBe('accepted')
  })
})

describe('a change of how somebody signs in', () => {
  it('asks for the password or a code, at the pace of a sign-in', async () => {
    const wrong = { secret: 'not the password', address }
    await expect(startTotp(await user(), wrong)).rejects.toMatchObject({ code: 'forbidden', param: 'proof' })
    await expect(startPasskey(await user(), wrong, origin)).rejects.toMatchObject({ param: 'proof' })
    const { secret, codes } = await setUp()
    await expect(removeTotp(await user(), wrong)).rejects.toMatchObject({ param: 'proof' })
    await expect(renewRecoveryCodes(await user(), wrong)).rejects.toMatchObject({ param: 'proof' })
    await expect(removePasskey(await user(), newId(), wrong)).rejects.toMatchObject({ param: 'proof' })
    await renewRecoveryCodes(await user(), { secret: codes[3]!, address })
    await removeTotp(await user(), { secret: codeOf(secret, 1), address })
    expect(await user()).toMatchObject({ hasSecondFactor: false })
    expect(await listSecondFactors(ada.userId)).toMatchObject({ totpSince: null, recoveryCodes: 0 })
    expect((await audited()).at(-1)).toBe('account.remove_totp')
    for (let n = 0; n < 10; n++) await startTotp(await user(), wrong).catch(() => undefined)
    await expect(startTotp(await user(), proof)).rejects.toMatchObject({ param: 'proof_limited' })
  })

  it('does not replace an app that counts', async () => {
    await setUp()
    await expect(startTotp(await user(), proof)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a member who lost the device', () => {
  it('is helped by an admin, and signed out everywhere', async () => {
    await setUp()
    const session = await startSession(ada.userId, null)
    expect(await clearSecondFactors(owner, ada.id)).toBe(1)
    expect(await findSignedInUser(session)).toBeNull()
    expect(await user()).toMatchObject({ hasSecondFactor: false })
    expect(await clearSecondFactors(owner, ada.id)).toBe(0)
    const { rows } = await listAuditEvents(owner, { action: 'member.clear_second_factors' })
    expect(rows).toMatchObject([{ target: ada.email, before: { totp: true, passkeys: 0 }, after: { totp: false } }])
  })

  it('is not by who has no say over the account', async () => {
    await setUp()
    await expect(clearSecondFactors({ ...owner, role: 'lead' }, ada.id)).rejects.toMatchObject({ code: 'forbidden' })
    const other = await foundLab('Other')
    await expect(clearSecondFactors(other, ada.id)).rejects.toMatchObject({ code: 'not_found' })
    await createMember(other, { email: ada.email, name: 'Ada' })
    await expect(clearSecondFactors(owner, ada.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await user()).toMatchObject({ hasSecondFactor: true })
  })
})

describe('an organization that wants a second factor', () => {
  it('says so of itself; only owners change it', async () => {
    const admin = { ...owner, role: 'admin' } as Member
    await expect(changeOrganization(admin, { requiresSecondFactor: true })).rejects.toMatchObject({ code: 'forbidden' })
    await changeOrganization(owner, { requiresSecondFactor: true })
    const { slug } = await getOrganization(owner)
    expect(await findMember(await user(), slug)).toMatchObject({ organization: { requiresSecondFactor: true } })
    const { rows } = await listAuditEvents(owner, { action: 'organization.change' })
    expect(rows).toMatchObject([{ before: { requiresSecondFactor: false }, after: { requiresSecondFactor: true } }])
  })

  it('tells who has none, and nobody of another organization', async () => {
    const stranger = await foundLab()
    const ids = async (member: Member) => (await listWithoutSecondFactor(member)).without.map(({ id }) => id)
    expect(await ids(owner)).toContain(ada.id)
    const { memberCount } = await listWithoutSecondFactor(owner)
    await setUp()
    expect(await ids(owner)).not.toContain(ada.id)
    expect(await listWithoutSecondFactor(owner)).toMatchObject({ memberCount })
    expect(await ids(stranger)).toEqual([stranger.membershipId])
    await expect(listWithoutSecondFactor({ ...owner, role: 'lead' })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a challenge', () => {
  it('is taken once, by its kind and in its time', async () => {
    const make = (lifetimeMs = 60_000) => createChallenge({ kind: 'second_step', userId: ada.userId, lifetimeMs })
    const id = await make()
    expect(await takeChallenge(id, 'passkey_sign_in')).toBeNull()
    const taken = await Promise.all([takeChallenge(id, 'second_step'), takeChallenge(id, 'second_step')])
    expect(taken.filter(Boolean)).toEqual([{ userId: ada.userId, challenge: null }])
    expect(await takeChallenge(await make(-1), 'second_step')).toBeNull()
    expect(await takeChallenge('no id', 'second_step')).toBeNull()
  })

  it('of a passkey belongs to who asked, and to this server’s origin', async () => {
    const asked = await startPasskey(await user(), proof, origin)
    expect(asked.options.rp).toEqual({ id: 'stipend.example', name: 'Stipend' })
    const response = { id: 'made-up', rawId: 'made-up', type: 'public-key', response: {}, clientExtensionResults: {} }
    const answer = { challengeId: asked.challengeId, response: response as never, name: 'Laptop' }
    await expect(finishPasskey(await user(), answer, origin)).rejects.toMatchObject({ param: 'response' })
    // It is used up by the attempt.
    await expect(finishPasskey(await user(), answer, origin)).rejects.toMatchObject({ param: 'response' })
    const { challengeId } = await startPasskeySignIn(null, origin)
    expect(await checkPasskey({ challengeId, response: response as never }, origin)).toBeNull()
    expect(await listSecondFactors(ada.userId)).toMatchObject({ passkeys: [] })
  })
})
