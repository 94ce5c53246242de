import { decode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sessionSecret } from '#lib/auth/session-secret.ts'
import { asUser } from '#lib/db/as-user.ts'
import { prisma } from '#lib/db/prisma.ts'
import { bootstrap } from '#lib/setup/bootstrap.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { openProtocolBrowser as openBrowser } from '#test/support/open-protocol-browser.ts'

const email = 'owner@example.com'
const password = 'correct horse battery'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await bootstrap({ organization: 'Lab', email, password, managementKey: null })
})

beforeEach(() => prisma().signInAttempt.deleteMany())

afterAll(async () => {
  await prisma().$disconnect()
  await database.drop()
})

describe('sign-in as a protocol', () => {
  it('gives a cookie that names a session and holds nothing else', async () => {
    const browser = openBrowser()
    await browser.post('callback/credentials', { email, password })
    const cookie = browser.cookies.stipend_session!
    const token = await decode({ token: cookie, secret: sessionSecret() })
    expect(Object.keys(token!).sort()).toEqual(['exp', 'iat', 'jti', 'sessionId'])
    expect(browser.attributes.stipend_session).toMatch(/Path=\/; .*HttpOnly; SameSite=Lax$/)
    expect((await browser.send('session')).body).toMatchObject({ user: { email } })
  })

  it('binds the cookie to the host and to https, where the browser came by that', async () => {
    const browser = openBrowser({ https: true })
    await browser.post('callback/credentials', { email, password })
    expect(browser.attributes['__Host-stipend_session']).toMatch(/Path=\/; .*HttpOnly; Secure; SameSite=Lax$/)
    expect((await browser.send('session')).body).toMatchObject({ user: { email } })
  })

  it('makes a new session of every sign-in and ends the last', async () => {
    const browser = openBrowser()
    await browser.post('callback/credentials', { email, password })
    const first = browser.cookies.stipend_session!
    await browser.post('callback/credentials', { email, password })
    expect(browser.cookies.stipend_session).not.toBe(first)
    const thief = openBrowser()
    thief.cookies.stipend_session = first
    expect((await thief.send('session')).body).toEqual({})
    expect((await browser.send('session')).body).toMatchObject({ user: { email } })
  })

  it('leaves a copied cookie worth nothing after sign-out', async () => {
    const browser = openBrowser()
    await browser.post('callback/credentials', { email, password })
    const thief = openBrowser()
    thief.cookies.stipend_session = browser.cookies.stipend_session!
    expect((await thief.send('session')).body).toMatchObject({ user: { email } })
    await browser.post('signout', {})
    expect(browser.cookies).not.toHaveProperty('stipend_session')
    expect((await thief.send('session')).body).toEqual({})
  })

  it('needs the token of our own form', async () => {
    const browser = openBrowser()
    await browser.send('csrf')
    const { location } = await browser.send('callback/credentials', { csrfToken: 'guessed', email, password })
    expect(location).toMatch(/csrf=true$/)
    expect(browser.cookies).not.toHaveProperty('stipend_session')
  })

  it('never leads to another site', async () => {
    for (const callbackUrl of ['https://evil.example/', '//evil.example', 'http://stipend.example.evil.example/']) {
      const { location } = await openBrowser().post('callback/credentials', { email, password, callbackUrl })
      expect(location).toBe('/')
    }
    const here = { email, password, callbackUrl: 'http://stipend.example/lab/keys' }
    expect((await openBrowser().post('callback/credentials', here)).location).toBe('/lab/keys')
  })

  it('lets nobody past a second factor', async () => {
    const [{ id } = { id: '' }] = await prisma().$queryRaw<
      { id: string }[]
    >`SELECT id FROM find_user_by_email(${email})`
    await asUser(id, (tx) =>
      tx.totpFactor.create({ data: { userId: id, secret: new Uint8Array(1), confirmedAt: new Date() } }),
    )
    const browser = openBrowser()
    const { location } = await browser.post('callback/credentials', { email, password })
    expect(location).toContain('error=CredentialsSignin')
    expect(browser.cookies).not.toHaveProperty('stipend_session')
    await asUser(id, (tx) => tx.totpFactor.deleteMany({ where: { userId: id } }))
  })

  it('has the limits of the form', async () => {
    for (let n = 0; n < 10; n++) await openBrowser().post('callback/credentials', { email, password: 'wrong' })
    const browser = openBrowser({ address: '198.51.100.1' })
    const { location } = await browser.post('callback/credentials', { email, password })
    expect(location).toContain('error=CredentialsSignin')
    expect(browser.cookies).not.toHaveProperty('stipend_session')
  })
})
