import { verify } from '@node-rs/argon2'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkCredentials } from '#lib/auth/check-credentials.ts'
import { remoteAddress } from '#lib/auth/remote-address.ts'
import { prisma } from '#lib/db/prisma.ts'
import { bootstrap } from '#lib/setup/bootstrap.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'

// The library itself, only counted.
vi.mock('@node-rs/argon2', async (load) => {
  const library = await load<typeof import('@node-rs/argon2')>()
  return { ...library, verify: vi.fn(library.verify) }
})

const email = 'owner@example.com'
const password = 'correct horse battery'

let database: TestDatabase
let owner: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  await bootstrap({ organization: 'Lab', email, password, managementKey: null })
})

beforeEach(() => owner.query('TRUNCATE sign_in_attempts'))

afterAll(async () => {
  await prisma().$disconnect()
  await owner.end()
  await database.drop()
})

async function outcome(given: { email?: string; password?: string; address?: string }) {
  return (await checkCredentials({ email, password, address: '192.0.2.1', ...given })).outcome
}

async function attempts(): Promise<string[]> {
  const { rows } = await owner.query('SELECT subject FROM sign_in_attempts ORDER BY id')
  return rows.map((row) => row.subject)
}

describe('signing in', () => {
  it('takes the address in any case', async () => {
    expect(await outcome({ email: '  Owner@EXAMPLE.com ' })).toBe('accepted')
  })

  it.each([
    ['a wrong password', { password: 'correct horse batterY' }],
    ['no password', { password: '' }],
    ['an unknown address', { email: 'nobody@example.com' }],
    ['what is no address', { email: "' OR 1=1 --" }],
    ['a null byte', { email: 'owner@example.com\u0000' }],
  ])('with %s is refused the same way', async (_, given) => {
    expect(await checkCredentials({ email, password, address: '192.0.2.1', ...given })).toEqual({ outcome: 'wrong' })
    expect(await attempts()).toHaveLength(2)
  })

  it('costs one comparison with an argon2id hash, whether the account exists or not', async () => {
    const costs = []
    for (const given of [{ password: 'wrong' }, { email: 'nobody@example.com' }]) {
      vi.mocked(verify).mockClear()
      await outcome(given)
      costs.push(vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$')))
    }
    expect(costs).toEqual([['$argon2id$v=19$m=19456,t=2,p=1'], ['$argon2id$v=19$m=19456,t=2,p=1']])
  })
})

describe('limits', () => {
  it('refuse an account after ten wrong passwords, also the right one, from wherever', async () => {
    for (let n = 0; n < 10; n++) expect(await outcome({ password: 'wrong', address: `192.0.2.${n}` })).toBe('wrong')
    const check = await checkCredentials({ email, password, address: '198.51.100.1' })
    expect(check).toMatchObject({ outcome: 'limited' })
    expect(check).toHaveProperty('retryAfterMs', expect.closeTo(15 * 60_000, -5))
    expect(await outcome({ email: 'OWNER@example.com', address: '198.51.100.2' })).toBe('limited')
  })

  it('are not reset by forged headers', async () => {
    for (let n = 0; n < 60; n++) {
      const headers = new Headers({
        'x-stipend-remote-address': '203.0.113.9',
        'x-forwarded-for': `198.51.100.${n}`,
        'x-real-ip': `198.51.100.${n}`,
      })
      const expected = n < 50 ? 'wrong' : 'limited'
      expect(await outcome({ email: `nobody${n}@example.com`, address: remoteAddress(headers) })).toBe(expected)
    }
    expect(await outcome({ address: '203.0.113.9' })).toBe('limited')
    expect(await outcome({ address: '203.0.113.10' })).toBe('accepted')
  })

  it('let no more through when all come at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, n) => outcome({ password: 'wrong', address: `192.0.2.${n}` })),
    )
    expect(outcomes.filter((each) => each === 'wrong').length).toBeLessThanOrEqual(10)
  })

  it('treat an unknown account as a known one', async () => {
    for (let n = 0; n < 10; n++) expect(await outcome({ email: 'nobody@example.com' })).toBe('wrong')
    expect(await outcome({ email: 'nobody@example.com' })).toBe('limited')
  })

  it('forget an account once it signs in, but not its address', async () => {
    for (let n = 0; n < 9; n++) await outcome({ password: 'wrong' })
    await outcome({ email: 'nobody@example.com' })
    expect(await outcome({})).toBe('accepted')
    const subjects = await attempts()
    expect(subjects.filter((subject) => subject === 'address:192.0.2.1')).toHaveLength(10)
    expect(subjects.filter((subject) => subject.startsWith('account:'))).toHaveLength(1)
  })

  it('end after a quarter of an hour', async () => {
    for (let n = 0; n < 10; n++) await outcome({ password: 'wrong' })
    expect(await outcome({})).toBe('limited')
    await owner.query(`UPDATE sign_in_attempts SET created_at = created_at - interval '15 minutes'`)
    expect(await outcome({})).toBe('accepted')
    expect(await attempts()).toHaveLength(0)
  })

  it('do not grow by being refused, and keep no address that was typed', async () => {
    for (let n = 0; n < 15; n++) await outcome({ email: 'hunter2', password: 'wrong' })
    expect(await attempts()).toHaveLength(20)
    expect((await attempts()).join()).not.toContain('hunter2')
  })
})
