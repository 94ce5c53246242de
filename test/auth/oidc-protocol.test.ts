import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openVoucher } from '#app/api/auth/[...nextauth]/open-voucher.ts'
import { prisma } from '#lib/db/prisma.ts'
import { bootstrap } from '#lib/setup/bootstrap.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { openProtocolBrowser } from '#test/support/open-protocol-browser.ts'
import { type OidcIssuer, startOidcIssuer } from '#test/support/start-oidc-issuer.ts'

// The protocol itself, with a real issuer on a real port; what the browser's pages say is for test/console/ways-in.

const owner = { email: 'lin@physics.example', password: 'three quiet otters' }
const mia = { sub: 'mia', email: 'mia@physics.example', email_verified: true, name: 'Mia' }

let database: TestDatabase
let issuer: OidcIssuer

beforeAll(async () => {
  issuer = await startOidcIssuer()
  Object.assign(process.env, {
    STIPEND_ALLOW_PRIVATE_UPSTREAMS: 'true',
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_ID: issuer.clientId,
    OIDC_CLIENT_SECRET: issuer.clientSecret,
    OIDC_ALLOWED_DOMAINS: 'physics.example',
    OIDC_ORGANIZATION: 'physics',
  })
  database = await createTestDatabase()
  await bootstrap({ organization: 'Physics', ...owner, managementKey: null })
})
afterAll(async () => {
  await prisma().$disconnect()
  await issuer?.close()
  await database?.drop()
})
beforeEach(() => {
  issuer.person = mia
  issuer.fault = null
})

/** From the button to where it leads in the end. */
async function signOn(tamper: (back: URL) => void = () => undefined) {
  const browser = openProtocolBrowser({ voucher: await openVoucher('oidc') })
  const { location: asked } = await browser.post('signin/oidc', { callbackUrl: 'http://stipend.example/physics/keys' })
  const answer = await fetch(asked, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location')!)
  tamper(back)
  const { location } = await browser.send(`callback/oidc${back.search}`)
  return { browser, location, asked: new URL(asked), back }
}

describe('an issuer', () => {
  it('lets its person in, with code, PKCE, state and nonce, and leads on', async () => {
    const before = issuer.exchanged
    const { browser, location, asked } = await signOn()
    const parameters = Object.fromEntries(asked.searchParams)
    expect(parameters).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid email profile',
    })
    expect(parameters.redirect_uri).toBe('http://stipend.example/api/auth/callback/oidc')
    expect(Object.keys(parameters)).toEqual(expect.arrayContaining(['code_challenge', 'state', 'nonce']))
    expect(location).toBe('/physics/keys')
    expect(issuer.exchanged).toBe(before + 1)
    expect((await browser.send('session')).body).toMatchObject({ user: { email: mia.email } })
  })

  it.each(['other key', 'other nonce', 'other audience', 'other issuer', 'expired', 'other state'] as const)(
    'is not believed with: %s',
    async (fault) => {
      issuer.fault = fault
      const { browser, location } = await signOn()
      expect(location).toContain('error=OAuthCallback')
      expect(browser.cookies).not.toHaveProperty('stipend_session')
    },
  )

  it('lets only that browser in which asked', async () => {
    const { back } = await signOn()
    const voucher = await openVoucher('oidc')
    const thief = openProtocolBrowser({ voucher })
    await thief.send('csrf')
    for (const browser of [thief, openProtocolBrowser({ voucher })]) {
      const { location } = await browser.send(`callback/oidc${back.search}`)
      expect(location).toContain('error=OAuthCallback')
      expect(browser.cookies).not.toHaveProperty('stipend_session')
    }
  })

  it.each([
    ['an address that it does not vouch for', { ...mia, sub: 'eve', email_verified: false }, 'sso_unverified'],
    ['another domain', { ...mia, sub: 'eve', email: 'eve@evil.example' }, 'sso_domain'],
    ['the address of an account with a password', { ...mia, sub: 'eve', email: owner.email }, 'sso_connect'],
    ['nobody', null, 'Callback'],
  ])('lets nobody in with %s', async (_, person, error) => {
    issuer.person = person
    const { browser, location } = await signOn()
    expect(location).toContain(`error=${error}`)
    expect(browser.cookies).not.toHaveProperty('stipend_session')
  })
})
