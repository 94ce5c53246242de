import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { generateSync } from 'otplib'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findFreePort } from '../../server/find-free-port.ts'
import { newHome, type RunningStipend, removeHome, startStipend } from '../server/start-stipend.ts'
import { findChromium } from '../support/find-chromium.ts'
import { readMail } from '../support/read-mail.ts'
import { startMailServer } from '../support/receivers.ts'
import { type OidcIssuer, startOidcIssuer } from '../support/start-oidc-issuer.ts'

const pictures = resolve(import.meta.dirname, '../pictures')
const managementKey = `mk-stp-${'a'.repeat(40)}`
const owner = { email: 'lin@physics.example', password: 'three quiet otters' }

// Stories of many pages: slow where the machine is, and waiting for events alone.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let home: string
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let issuer: OidcIssuer
let stipend: RunningStipend
let browser: Browser
const complaints: string[] = []

beforeAll(async () => {
  await mkdir(pictures, { recursive: true })
  home = await newHome()
  mailServer = await startMailServer()
  issuer = await startOidcIssuer()
  const port = await findFreePort()
  stipend = await startStipend({
    home,
    port,
    env: {
      STIPEND_BOOTSTRAP_ORGANIZATION: 'Physics Lab',
      STIPEND_BOOTSTRAP_EMAIL: owner.email,
      STIPEND_BOOTSTRAP_PASSWORD: owner.password,
      STIPEND_BOOTSTRAP_MANAGEMENT_KEY: managementKey,
      SMTP_URL: mailServer.url,
      PUBLIC_URL: `http://localhost:${port}`,
      HOST: '127.0.0.1',
      STIPEND_ALLOW_PRIVATE_UPSTREAMS: 'true',
      OIDC_ISSUER: issuer.url,
      OIDC_CLIENT_ID: issuer.clientId,
      OIDC_CLIENT_SECRET: issuer.clientSecret,
      OIDC_NAME: 'Example University',
      OIDC_ALLOWED_DOMAINS: 'physics.example',
      OIDC_ORGANIZATION: 'physics-lab',
      OIDC_ROLE: 'lead',
    },
  })
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
})

afterAll(async () => {
  await browser?.close()
  await stipend?.stop()
  await mailServer?.close()
  await issuer?.close()
  if (home) await removeHome(home)
})

async function open(options: { locale?: string; phone?: boolean; dark?: boolean } = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: stipend.url,
    locale: options.locale ?? 'en-US',
    viewport: options.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
  })
  context.setDefaultTimeout(60_000)
  context.on('weberror', (error) => complaints.push(String(error.error())))
  return context
}

/** Keeps a picture, and what axe complains of. */
async function shoot(page: Page, name: string) {
  await page.screenshot({ path: join(pictures, `ways-in-${name}.png`), fullPage: true })
  // What is still fading in has less contrast than it will have.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  )
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  complaints.push(
    ...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}: ${id}: ${node.target.join(' ')}`)),
  )
}

async function signIn(page: Page, { email, password }: { email: string; password: string }, next = '/') {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('button[type=submit]').click()
}

async function callApi(method: string, path: string, body: unknown): Promise<number> {
  const headers = { authorization: `Bearer ${managementKey}`, 'content-type': 'application/json' }
  return (await fetch(`${stipend.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })).status
}

/** The link of the newest mail to somebody, once it has come. */
async function mailedLink(to: string): Promise<string> {
  await expect.poll(() => mailServer.mails.filter((mail) => mail.to.includes(to)).length, { timeout: 60_000 }).toBe(1)
  const index = mailServer.mails.findIndex((mail) => mail.to.includes(to))
  const [mail] = mailServer.mails.splice(index, 1)
  return /http\S+token=[\w-]+/.exec(readMail(mail!.text).text)![0]
}

describe('an invitation by mail', { sequential: true }, () => {
  it('leads its person in, and nobody who comes after', async () => {
    const lead = await open()
    const page = await lead.newPage()
    await signIn(page, owner, '/physics-lab/members')
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByLabel('E-mail').fill('ada@physics.example')
    await shoot(page, '1-invite')
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
    const waiting = page.getByRole('region', { name: 'Pending invitations' })
    await waiting.getByText('ada@physics.example').waitFor()
    await shoot(page, '2-waiting')
    const first = await mailedLink('ada@physics.example')
    await waiting.getByRole('button', { name: 'Send again' }).click()
    const second = await mailedLink('ada@physics.example')
    const phone = await open({ phone: true, dark: true, locale: 'zh-CN' })
    const own = await phone.newPage()
    await own.goto(first)
    await own.getByRole('heading', { name: '此链接已失效' }).waitFor()
    await own.goto(second)
    await own.locator('input[name=password]').fill('four loud badgers')
    await own.locator('button[type=submit]').click()
    await own.waitForURL(/physics-lab/)
    await page.reload()
    await page.getByText('ada@physics.example').first().waitFor()
    await waiting.waitFor({ state: 'detached' })
    await phone.close()
    await lead.close()
  })
})

describe('a forgotten password', { sequential: true }, () => {
  it('is replaced with a link by mail, which signs every browser out', async () => {
    const before = await open()
    const old = await before.newPage()
    await signIn(old, { email: 'ada@physics.example', password: 'four loud badgers' }, '/me')
    await old.getByRole('heading', { level: 1 }).waitFor()

    const phone = await open({ phone: true, dark: true, locale: 'zh-CN' })
    const page = await phone.newPage()
    await page.goto('/sign-in')
    await page.getByRole('link', { name: '忘记密码？' }).click()
    // Both pages ask for an address.
    await page.getByRole('button', { name: '发送链接' }).waitFor()
    await page.locator('input[name=email]').fill('ada@physics.example')
    await shoot(page, '3-forgot')
    await page.getByRole('button', { name: '发送链接' }).click()
    await page.getByRole('heading', { name: '请查收邮件' }).waitFor()
    await shoot(page, '4-sent')
    const link = await mailedLink('ada@physics.example')
    expect(new URL(link).origin).toBe(stipend.url)
    await page.goto(link)
    await page.locator('input[name=password]').fill('short')
    await page.getByRole('button', { name: '设置密码' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.locator('input[name=password]').fill('five sleepy lynxes')
    await shoot(page, '5-new-password')
    await page.getByRole('button', { name: '设置密码' }).click()
    await page.getByText('密码已设置，请用新密码登录。').waitFor()
    await page.locator('input[name=email]').fill('ada@physics.example')
    await page.locator('input[name=password]').fill('five sleepy lynxes')
    await page.locator('button[type=submit]').click()
    await page.waitForURL(/physics-lab/)
    await old.reload()
    await old.waitForURL(/sign-in/)
    await page.goto(link)
    await page.getByRole('heading', { name: '此链接已失效' }).waitFor()
    expect(stipend.output()).not.toContain(new URL(link).searchParams.get('token'))
    await phone.close()
    await before.close()
  })

  it('of nobody is answered in the same words, and no mail goes out', async () => {
    const context = await open()
    const page = await context.newPage()
    await page.goto('/reset')
    await page.locator('input[name=email]').fill('nobody@physics.example')
    await page.getByRole('button', { name: 'Send link' }).click()
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
    await context.close()
    expect(mailServer.mails).toEqual([])
  })
})

describe('single sign-on', { sequential: true }, () => {
  const mia = { sub: 'mia', email: 'mia@physics.example', email_verified: true, name: 'Mia' }

  async function signOn(next = '/') {
    const context = await open()
    const page = await context.newPage()
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await page.getByRole('button', { name: 'Example University' }).click()
    return { context, page }
  }

  it('takes a person of the institution in, with the role of the settings', async () => {
    issuer.person = mia
    const { context, page } = await signOn('/physics-lab/keys')
    await page.waitForURL(/physics-lab\/keys$/)
    await page.getByRole('button', { name: 'Account: Mia' }).waitFor()
    await page.goto('/me/account')
    await page.getByText('Connected: Example University').waitFor()
    await shoot(page, '13-connected')
    await context.close()
    const again = await signOn('/me')
    await again.page.waitForURL(/\/me$/)
    await again.context.close()
    expect(issuer.exchanged).toBe(2)
  })

  it('keeps out who comes for another’s account, and says why', async () => {
    issuer.person = { ...mia, sub: 'eve', email: owner.email }
    const { context, page } = await signOn()
    await page.getByText(/has a password/).waitFor()
    await page.goto('/me')
    await page.waitForURL(/sign-in/)
    await context.close()
  })

  it('joins an account with a password when its person connects the two', async () => {
    issuer.person = { sub: 'lin', email: owner.email, email_verified: true }
    const context = await open()
    const page = await context.newPage()
    await signIn(page, owner, '/me/account')
    await page.getByRole('button', { name: 'Connect: Example University' }).click()
    await page.getByText('Connected: Example University').waitFor()
    await context.close()
    const { context: next, page: own } = await signOn('/physics-lab/settings')
    await own.waitForURL(/physics-lab\/settings$/)
    await next.close()
  })
})

describe('who leaves', { sequential: true }, () => {
  it('is offboarded after a look at what is there, and brought back', async () => {
    const lead = await open()
    const page = await lead.newPage()
    await signIn(page, owner, '/physics-lab/projects/new')
    await page.getByLabel('Name').first().fill('Optics')
    await page.locator('main button[type=submit]').click()
    await page.waitForURL(/projects\/[0-9a-f-]{36}/)
    const projectId = page.url().split('/').at(-1)
    const key = { name: 'mia-laptop', project_id: projectId, member_email: 'mia@physics.example', budgets: null }
    expect(await callApi('POST', '/keys', key)).toBe(201)
    await page.goto('/physics-lab/members')
    await page.getByRole('button', { name: 'Actions for Mia' }).click()
    await page.getByRole('menuitem', { name: 'Offboard…' }).click()
    await page.getByRole('heading', { name: 'Offboard Mia' }).waitFor()
    await page.getByText('mia-laptop').waitFor()
    await shoot(page, '14-offboard')
    await page.getByRole('button', { name: 'Offboard Mia' }).click()
    await page.getByText('One former member').click()
    await page.getByText('one key waits').waitFor()
    await shoot(page, '15-former')
    issuer.person = { sub: 'mia', email: 'mia@physics.example', email_verified: true }
    const gone = await open()
    const own = await gone.newPage()
    await own.goto('/sign-in')
    await own.getByRole('button', { name: 'Example University' }).click()
    await own.getByRole('heading', { name: 'You belong to no organization' }).waitFor()
    await page.getByRole('button', { name: 'Bring back' }).click()
    await page.getByText('Mia is back').waitFor()
    await own.goto('/')
    await own.waitForURL(/physics-lab/)
    // And leaves of her own.
    await own.goto('/me/account')
    await own.getByRole('button', { name: 'Leave: Physics Lab' }).click()
    await own.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
    await own.getByRole('heading', { name: 'You belong to no organization' }).waitFor()
    await gone.close()
    await lead.close()
  })

  it('does not, as the last owner; who owns one organization makes another and goes back and forth', async () => {
    const lead = await open()
    const page = await lead.newPage()
    await signIn(page, owner, '/me/account')
    await page.getByRole('button', { name: 'Leave: Physics Lab' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
    await page.getByText('An organization keeps one owner at least.').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: /^Account:/ }).click()
    await page.getByRole('menuitem', { name: 'New organization' }).click()
    // Both pages ask for a name.
    await page.getByRole('heading', { name: 'New organization' }).waitFor()
    await page.getByLabel('Name').fill('Chemistry Lab')
    await shoot(page, '16-new-organization')
    await page.getByRole('button', { name: 'Create organization' }).click()
    await page.waitForURL(/chemistry-lab$/)
    await page.goto('/chemistry-lab/projects')
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.getByText('Optics').count()).toBe(0)
    await page.getByRole('button', { name: 'Switch organization: Chemistry Lab' }).click()
    await page.getByRole('menuitem', { name: 'Physics Lab' }).click()
    await page.waitForURL(/physics-lab$/)
    await page.goto('/physics-lab/projects')
    await page.getByText('Optics').first().waitFor()
    await lead.close()
  })
})

describe('a second factor', { sequential: true }, () => {
  const ada = { email: 'ada@physics.example', password: 'five sleepy lynxes' }
  const now = () => Math.floor(Date.now() / 1000)
  let codes: string[]
  let secret: string

  it('by app is set up from a picture and asked for at the next sign-in', async () => {
    const context = await open()
    const page = await context.newPage()
    await signIn(page, ada, '/me/account')
    await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByText('My account').waitFor()
    await page.getByRole('button', { name: 'Set up' }).click()
    await page.locator('input[name=proof]').fill('not it')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('This is neither your password nor one of your codes.').waitFor()
    await page.locator('input[name=proof]').fill(ada.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('img', { name: 'QR code with the secret for your app' }).waitFor()
    await shoot(page, '6-totp')
    secret = (await page.locator('[role=dialog] code').textContent())!.replaceAll(' ', '')
    await page.locator('input[name=code]').fill('000000')
    await page.getByRole('button', { name: 'Turn on' }).click()
    await page.getByText('This is not the code that the app shows now.').waitFor()
    await page.locator('input[name=code]').fill(generateSync({ secret, epoch: now() }))
    await page.getByRole('button', { name: 'Turn on' }).click()
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    codes = await page.locator('[role=dialog] li').allTextContents()
    expect(codes).toHaveLength(10)
    await shoot(page, '7-codes')
    await page.getByLabel('I have stored them').click()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('10 left').waitFor()
    await shoot(page, '8-account')
    await context.close()
  })

  it('lets nobody in with the password alone, and each code once', async () => {
    const context = await open({ phone: true, dark: true, locale: 'zh-CN' })
    const page = await context.newPage()
    await signIn(page, ada, '/me/account')
    await page.getByRole('heading', { name: '还差一步' }).waitFor()
    await shoot(page, '9-second-step')
    await page.goto('/me')
    await page.waitForURL(/sign-in/)
    await page.goto('/sign-in/verify?next=%2Fme%2Faccount')
    const code = generateSync({ secret, epoch: now() + 30 })
    await page.locator('input[name=code]').fill('123456')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByText('验证码不正确或已用过').waitFor()
    await page.locator('input[name=code]').fill(code)
    await page.getByRole('button', { name: '登录' }).click()
    await page.waitForURL(/me\/account$/)
    await context.close()
    const other = await open()
    const again = await other.newPage()
    await signIn(again, ada, '/me/account')
    await again.getByLabel('Code').fill(code)
    await again.getByRole('button', { name: 'Sign in' }).click()
    await again.getByText('This code is wrong or was used before').waitFor()
    await again.getByLabel('Code').fill(codes[0]!)
    await again.getByRole('button', { name: 'Sign in' }).click()
    await again.waitForURL(/me\/account$/)
    await again.getByText('9 left').waitFor()
    await other.close()
  })

  it('by passkey signs in without a password, on the device that keeps it', async () => {
    const context = await open()
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('WebAuthn.enable')
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await signIn(page, ada, '/me/account')
    await page.getByLabel('Code').fill(codes[1]!)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/me\/account$/)
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByLabel('Name, to tell it apart').fill('Laptop')
    await page.locator('input[name=proof]').fill(codes[2]!)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Remove: Laptop' }).waitFor()
    await shoot(page, '10-passkey')
    await context.clearCookies()
    await page.goto('/sign-in?next=%2Fme%2Faccount')
    await shoot(page, '11-sign-in')
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.waitForURL(/me\/account$/)
    await page.getByText('last used').waitFor()
    // As the second step, too.
    await context.clearCookies()
    await signIn(page, ada, '/me/account')
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.waitForURL(/me\/account$/)
    await page.getByRole('button', { name: 'Remove: Laptop' }).click()
    await page.locator('input[name=proof]').fill(ada.password)
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('The passkey is removed').waitFor()
    await context.clearCookies()
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByText('This passkey is not known here.').waitFor()
    await context.close()
    // The log says so, in words.
    const lead = await open({ locale: 'zh-CN' })
    const log = await lead.newPage()
    await signIn(log, owner, '/physics-lab/audit?what=account')
    await log.getByText('添加通行密钥').waitFor()
    await log.getByText('移除通行密钥').waitFor()
    await log.locator('summary').first().click()
    await shoot(log, '17-audit')
    await lead.close()
  })

  it('is asked for after single sign-on, too', async () => {
    issuer.person = { sub: 'ada', email: ada.email, email_verified: true }
    const context = await open()
    const page = await context.newPage()
    await signIn(page, ada, '/me/account')
    await page.getByLabel('Code').fill(codes[4]!)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Connect: Example University' }).click()
    await page.getByText('Connected: Example University').waitFor()
    await context.clearCookies()
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Example University' }).click()
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    await page.goto('/me')
    await page.waitForURL(/sign-in\?/)
    await page.goto('/sign-in/verify')
    await page.getByLabel('Code').fill(codes[5]!)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/physics-lab|\/me/)
    await context.close()
  })

  it('is asked of every member by an owner who wants it', async () => {
    const lead = await open()
    const page = await lead.newPage()
    await signIn(page, owner, '/physics-lab/settings/sign-in')
    await page.getByRole('switch', { name: 'Every member needs a second factor' }).click()
    await page.waitForURL(/me\/account\?wanted=second-factor/)
    await page.getByText('Physics Lab opens only to members who have a second factor.').waitFor()
    await shoot(page, '12-wanted')
    await page.goto('/physics-lab/keys')
    await page.waitForURL(/me\/account\?wanted=second-factor/)
    await lead.close()
    const context = await open()
    const own = await context.newPage()
    await signIn(own, ada, '/me')
    await own.getByLabel('Code').fill(codes[3]!)
    await own.getByRole('button', { name: 'Sign in' }).click()
    await own.waitForURL(/\/me$/)
    await own.getByRole('heading', { level: 1 }).waitFor()
    await context.close()
  })
})

it('nothing went wrong in the browser, and axe has nothing to say', () => {
  expect(complaints).toEqual([])
})
