import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLink } from '#lib/access-links/create-access-link.ts'
import { findAccessLink } from '#lib/access-links/find-access-link.ts'
import { useAccessLink as takeAccessLink } from '#lib/access-links/use-access-link.ts'
import { checkCredentials } from '#lib/auth/check-credentials.ts'
import type { Member } from '#lib/auth/member.ts'
import { importClass } from '#lib/claims/import-class.ts'
import { previewClass } from '#lib/claims/preview-class.ts'
import { readClass } from '#lib/claims/read-class.ts'
import { newId } from '#lib/core/ids.ts'
import { environment } from '#lib/environment.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { revokeKey } from '#lib/keys/revoke-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { hashSecret } from '#lib/secrets/hash-secret.ts'
import { asOwner } from '#test/support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { foundLab } from '#test/support/found-lab.ts'
import { usd } from '#test/support/usd.ts'

const password = 'correct horse battery'

let database: TestDatabase
let owner: Member
let lead: Member
let projectId: string

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  owner = await foundLab()
  const { id, userId, email } = await createMember(owner, {
    email: `${newId()}@example.com`,
    name: 'Lead',
    role: 'lead',
  })
  lead = { ...owner, userId, membershipId: id, role: 'lead', actor: `user:${email}` }
  projectId = (await createProject(owner, { name: 'Course' })).id
})

const input = (csv: string) => ({ csv, projectId, cap: [{ period: 'month' as const, limitNanos: usd('5') }] })
const fresh = () => `${newId()}@example.com`
const take = (token: string, chosen: string | null = password, signedInUserId: string | null = null) =>
  takeAccessLink(token, { password: chosen, signedInUserId })

describe('a class from a CSV file', () => {
  it('gets a key with a cap and a link for each of 30 students, made by a lead', async () => {
    const students = Array.from({ length: 30 }, (_, n) => `Student ${n},${fresh()}`)
    const links = await importClass(lead, input(`name,email\n${students.join('\n')}\n`))
    expect(links).toHaveLength(30)
    expect(new Set(links.map(({ token }) => token)).size).toBe(30)
    const { rows } = await listKeys(owner, { limit: 100 })
    expect(rows).toHaveLength(30)
    for (const row of rows) expect(row.budgets).toMatchObject([{ scope: 'key', period: 'month', limitNanos: usd('5') }])
    expect((await listMembers(owner)).filter(({ role }) => role === 'member')).toHaveLength(30)
  })

  it('takes project, cap, models and expiry of each line', async () => {
    const other = await createProject(owner, { name: 'Thesis, late' })
    const email = fresh()
    const [link] = await importClass(
      owner,
      input(
        `\uFEFFE-mail of no use,Name,EMAIL,Project,Cap,Expires\r\nx,林 清,${email},"Thesis, late",$7.25,2999-01-31\r\n`,
      ),
    )
    expect(await getKey(owner, link!.keyId)).toMatchObject({
      name: '林 清',
      projectId: other.id,
      budgets: [{ limitNanos: usd('7.25'), period: 'month' }],
      expiresAt: new Date('2999-01-31T23:59:59Z'),
    })
  })

  it('is all or nothing, and names what is wrong by its line', async () => {
    const [good, twice] = [fresh(), fresh()]
    const csv = [
      'name,email,project,cap,models,expires',
      `Good,${good}`,
      `,${fresh()}`,
      'Bad,not an address',
      `One,${twice}`,
      `Two,${twice.toUpperCase()}`,
      `P,${fresh()},No such project`,
      `C,${fresh()},,five`,
      `M,${fresh()},,,no-such-model`,
      `E,${fresh()},,,,2020-01-01`,
      `D,${fresh()},,,,2999-02-31`,
    ].join('\n')
    const { problems } = await previewClass(lead, input(csv))
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '3 name',
      '4 email',
      '6 twice',
      '7 project',
      '8 cap',
      '9 models',
      '10 expires',
      '11 expires',
    ])
    const before = await listMembers(owner)
    await expect(importClass(lead, input(csv))).rejects.toMatchObject({
      code: 'invalid_request_error',
      facts: { problems },
    })
    expect(await listMembers(owner)).toEqual(before)
    expect((await listKeys(owner, {})).rows).toEqual([])
  })

  it('is refused as a whole when it is no such file', () => {
    const codes = (csv: string) => readClass(csv).problems.map(({ code }) => code)
    expect(codes('')).toEqual(['empty'])
    expect(codes('name,email\n')).toEqual(['empty'])
    expect(codes('who,mail\na,b@example.com')).toEqual(['columns'])
    expect(codes('name,email\n"never closed,a@example.com')).toEqual(['csv'])
    expect(codes(`name,email\n${Array.from({ length: 201 }, (_, n) => `S,${n}@example.com`).join('\n')}`)).toEqual([
      'too_many',
    ])
    expect(readClass('__proto__,name,email\nx,A,a@example.com').rows).toMatchObject([{ name: 'A' }])
  })

  it('gives a known person a key, keeping the own name and role', async () => {
    const { email } = await createMember(owner, { email: fresh(), name: 'Known', role: 'viewer' })
    await expect(importClass(lead, input(`name,email\nOther,${email}`))).rejects.toMatchObject({
      facts: { problems: [{ line: 2, code: 'role' }] },
    })
    const [link] = await importClass(owner, input(`name,email\nOther,${email}`))
    expect(link).toMatchObject({ name: 'Known' })
    expect((await listMembers(owner)).find((one) => one.email === email)).toMatchObject({ role: 'viewer', keyCount: 1 })
  })

  it('needs a role that may, and projects of the own organization', async () => {
    for (const role of ['member', 'viewer'] as const) {
      await expect(previewClass({ ...owner, role }, input('name,email'))).rejects.toMatchObject({ code: 'forbidden' })
      await expect(importClass({ ...owner, role }, input('name,email'))).rejects.toMatchObject({ code: 'forbidden' })
    }
    const stranger = await foundLab('Strangers')
    await expect(importClass(stranger, input(`name,email\nA,${fresh()}`))).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a claim link', () => {
  it('lets a student in and makes the secret then, once, however many try', async () => {
    const email = fresh()
    const [link] = await importClass(lead, input(`name,email\nAda,${email}`))
    const outcomes = await Promise.all([1, 2, 3].map(() => take(link!.token)))
    const used = outcomes.filter((one) => one.outcome === 'used')
    expect(used).toHaveLength(1)
    const secret = used[0]!.outcome === 'used' ? used[0]!.key!.secret : ''
    expect(secret).toMatch(/^sk-stp-/)
    const [row] = await asOwner<{ secret_hash: Buffer }>(database, 'SELECT secret_hash FROM keys WHERE id = $1', [
      link!.keyId,
    ])
    expect(row!.secret_hash.equals(hashSecret(secret, environment().STIPEND_SECRET))).toBe(true)
    const check = await checkCredentials({ email, password, address: '192.0.2.9' })
    expect(check.outcome).toBe('accepted')
    const [log] = await asOwner<{ text: string }>(
      database,
      'SELECT string_agg(a::text, $1) AS text FROM audit_events a',
      ['\n'],
    )
    expect(log!.text).not.toContain(secret)
    expect(log!.text).not.toContain(link!.token)
  })

  it('gives no power over an account that has a password', async () => {
    const person = await createMember(owner, { email: fresh(), name: 'Ada' })
    await take((await createAccessLink(owner, person.id)).token)
    const [link] = await importClass(lead, input(`name,email\nAda,${person.email}`))
    expect(await findAccessLink(link!.token)).toMatchObject({ setsPassword: false })
    expect(await take(link!.token, 'a password of another')).toEqual({ outcome: 'sign_in' })
    expect(await take(link!.token, 'a password of another', owner.userId)).toEqual({ outcome: 'sign_in' })
    expect(await take(link!.token, null, person.userId)).toMatchObject({ outcome: 'used', key: { name: 'Ada' } })
    const check = await checkCredentials({ email: person.email, password, address: '192.0.2.9' })
    expect(check.outcome).toBe('accepted')
  })

  it('for a key that was revoked meanwhile lets the student in without it', async () => {
    const [link] = await importClass(lead, input(`name,email\nAda,${fresh()}`))
    await revokeKey(owner, link!.keyId)
    expect(await take(link!.token)).toMatchObject({ outcome: 'used', key: null })
  })
})
