import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkCredentials } from '#lib/auth/check-credentials.ts'
import { findMember } from '#lib/auth/find-member.ts'
import { prisma } from '#lib/db/prisma.ts'
import { bootstrap } from '#lib/setup/bootstrap.ts'
import { completeSetup } from '#lib/setup/complete-setup.ts'
import { ensureSetupToken } from '#lib/setup/ensure-setup-token.ts'
import { findSetupState } from '#lib/setup/find-setup-state.ts'
import { createTestDatabase, type TestDatabase, testSecret } from '#test/support/database.ts'

const input = {
  organization: 'Vision Lab',
  name: 'Lin Wei',
  email: 'Lin@Example.com',
  password: 'correct horse battery',
  locale: 'zh-CN',
  timeZone: 'Asia/Shanghai',
} as const

let database: TestDatabase
let owner: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  // The owner of the tables, so that a test counts what is really there.
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
})

beforeEach(async () => {
  await owner.query('ALTER TABLE audit_events DISABLE TRIGGER append_only')
  await owner.query('TRUNCATE organizations, users, installation, sign_in_attempts, audit_events CASCADE')
  await owner.query('ALTER TABLE audit_events ENABLE TRIGGER append_only')
})

afterAll(async () => {
  await prisma().$disconnect()
  await owner.end()
  await database.drop()
})

async function count(table: string): Promise<number> {
  const { rows } = await owner.query(`SELECT count(*)::int AS count FROM ${table}`)
  return rows[0].count
}

describe('the one-time token', () => {
  it('opens set-up, and a new start replaces it', async () => {
    const first = (await ensureSetupToken())!
    expect(await findSetupState(first)).toBe('open')
    const second = (await ensureSetupToken())!
    expect(await findSetupState(first)).toBe('closed')
    expect(await findSetupState(second)).toBe('open')
  })

  it('is stored as a hash only', async () => {
    const token = (await ensureSetupToken())!
    const { rows } = await owner.query('SELECT setup_token_hash FROM installation')
    expect(rows[0].setup_token_hash).toHaveLength(32)
    expect(rows[0].setup_token_hash.toString('latin1')).not.toContain(token)
  })

  it.each([[null], [''], ['wrong'], ['x'.repeat(5_000)]])('is not %j', async (token) => {
    expect(await findSetupState(token)).toBe('closed')
    await ensureSetupToken()
    expect(await findSetupState(token)).toBe('closed')
    if (token === null) return
    await expect(completeSetup(token, input)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await count('users')).toBe(0)
  })

  it('works once', async () => {
    const token = (await ensureSetupToken())!
    await completeSetup(token, input)
    expect(await findSetupState(token)).toBe('completed')
    expect(await ensureSetupToken()).toBeNull()
    await expect(completeSetup(token, { ...input, email: 'b@example.com' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await count('users')).toBe(1)
  })

  it('makes one owner of many that use it at once', async () => {
    const token = (await ensureSetupToken())!
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => completeSetup(token, { ...input, email: `owner${n}@example.com` })),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused.map((result) => result.reason.code)).toEqual(Array(7).fill('conflict'))
    expect([await count('organizations'), await count('users'), await count('memberships')]).toEqual([1, 1, 1])
  })
})

describe('set-up', () => {
  it('makes an owner who can sign in', async () => {
    const { slug } = await completeSetup((await ensureSetupToken())!, input)
    expect(slug).toBe('vision-lab')
    const check = await checkCredentials({ email: 'lin@example.com', password: input.password, address: '192.0.2.1' })
    if (check.outcome !== 'accepted') throw new Error(check.outcome)
    expect(check.user).toMatchObject({ email: 'lin@example.com', name: 'Lin Wei', locale: 'zh-CN' })
    expect(await findMember({ ...check.user, hasSecondFactor: false }, slug)).toMatchObject({
      role: 'owner',
      actor: 'user:lin@example.com',
      organization: { name: 'Vision Lab', timeZone: 'Asia/Shanghai', locale: 'zh-CN' },
    })
    const { rows } = await owner.query('SELECT action, actor, after::text FROM audit_events')
    expect(rows).toMatchObject([{ action: 'organization.create', actor: 'user:lin@example.com' }])
    expect(rows[0].after).not.toContain(input.password)
  })

  it.each([
    ['password', 'too short'],
    ['email', 'not an address'],
    ['timeZone', '+08:00'],
    ['timeZone', 'Mars/Olympus'],
    ['organization', ' '],
    ['name', 'two\nlines'],
    ['locale', 'de'],
  ])('refuses %s %j and keeps the token', async (field, value) => {
    const token = (await ensureSetupToken())!
    await expect(completeSetup(token, { ...input, [field]: value })).rejects.toMatchObject({
      code: 'invalid_request_error',
      param: field,
    })
    expect(await findSetupState(token)).toBe('open')
    expect(await count('organizations')).toBe(0)
  })
})

describe('headless set-up', () => {
  const settings = {
    organization: 'Acme Research',
    email: 'ops@example.com',
    password: 'a long enough password',
    managementKey: 'mk-stp-abcdefghijklmnopqrstuvwxyz0123456789',
  }

  it('founds the organization with exactly the given key', async () => {
    expect(await bootstrap(settings)).toBe(true)
    const { hashSecret } = await import('#lib/secrets/hash-secret.ts')
    const { rows } = await owner.query('SELECT role, secret_hint FROM find_management_key($1)', [
      hashSecret(settings.managementKey, testSecret),
    ])
    expect(rows).toEqual([{ role: 'owner', secret_hint: '6789' }])
    const { email, password } = settings
    expect(await checkCredentials({ email, password, address: '192.0.2.1' })).toMatchObject({ outcome: 'accepted' })
    expect(await ensureSetupToken()).toBeNull()
  })

  it('changes nothing at the second start', async () => {
    await bootstrap(settings)
    expect(await bootstrap({ ...settings, organization: 'Other', email: 'other@example.com' })).toBe(false)
    expect([await count('organizations'), await count('users'), await count('management_keys')]).toEqual([1, 1, 1])
  })

  it('founds one organization when two nodes start at once', async () => {
    const results = await Promise.all([bootstrap(settings), bootstrap(settings), bootstrap(settings)])
    expect(results.toSorted()).toEqual([false, false, true])
    expect(await count('organizations')).toBe(1)
  })

  it('stays out of an installation that somebody set up', async () => {
    await completeSetup((await ensureSetupToken())!, input)
    expect(await bootstrap(settings)).toBe(false)
    expect(await count('management_keys')).toBe(0)
  })

  it('without a password makes an owner whom no password lets in', async () => {
    await bootstrap({ ...settings, password: null })
    for (const password of ['', 'null', settings.password]) {
      const check = await checkCredentials({ email: settings.email, password, address: '192.0.2.1' })
      expect(check).toEqual({ outcome: 'wrong' })
    }
  })
})
