import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newHome, type RunningStipend, removeHome, startStipend } from '../server/start-stipend.ts'
import { findChromium } from '../support/find-chromium.ts'

const pictures = resolve(import.meta.dirname, '../pictures')
const managementKey = `mk-stp-${'a'.repeat(40)}`
const words = {
  en: {
    locale: 'en-US',
    signIn: 'Sign in',
    email: 'E-mail',
    importClass: 'Import a class',
    check: 'Check',
    back: 'Change the list',
    make: 'Make 30 keys',
    done: '30 keys wait for their students',
    print: 'Print slips',
    take: 'Take my key',
    yours: 'Your key',
    gone: 'This link does not work any more',
    account: 'My account',
    current: 'Current password',
    next: 'New password',
    change: 'Change password',
    changed: 'Your password is changed',
  },
  'zh-CN': {
    locale: 'zh-CN',
    signIn: '登录',
    email: '邮箱',
    importClass: '导入班级',
    check: '检查',
    back: '修改名单',
    make: '创建 30 个密钥',
    done: '30 个密钥等待领取',
    print: '打印领取单',
    take: '领取密钥',
    yours: '您的密钥',
    gone: '此链接已失效',
    account: '我的账户',
    current: '当前密码',
    next: '新密码',
    change: '修改密码',
    changed: '密码已修改',
  },
}

let home: string
let stipend: RunningStipend
let browser: Browser

beforeAll(async () => {
  await mkdir(pictures, { recursive: true })
  home = await newHome()
  stipend = await startStipend({
    home,
    env: {
      STIPEND_BOOTSTRAP_ORGANIZATION: 'Physics Lab',
      STIPEND_BOOTSTRAP_EMAIL: 'lin@physics.example',
      STIPEND_BOOTSTRAP_PASSWORD: 'three quiet otters',
      STIPEND_BOOTSTRAP_MANAGEMENT_KEY: managementKey,
    },
  })
  const answer = await fetch(`${stipend.url}/api/v1/projects`, {
    method: 'POST',
    headers: { authorization: `Bearer ${managementKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Course' }),
  })
  expect(answer.status).toBe(201)
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
})

afterAll(async () => {
  await browser?.close()
  await stipend?.stop()
  if (home) await removeHome(home)
})

describe.each(['en', 'zh-CN'] as const)('in %s', { sequential: true }, (language) => {
  const say = words[language]
  let lead: BrowserContext
  let page: Page
  let url: string
  const complaints: string[] = []

  const open = async (viewport: { width: number; height: number }, colorScheme: 'light' | 'dark') => {
    const context = await browser.newContext({ locale: say.locale, viewport, colorScheme })
    context.setDefaultTimeout(15_000)
    context.on('weberror', (error) => complaints.push(String(error.error())))
    return context
  }
  const shoot = (of: Page, name: string) =>
    of.screenshot({ path: join(pictures, `accounts-${language}-${name}.png`), fullPage: true })

  beforeAll(async () => {
    lead = await open({ width: 1440, height: 900 }, 'light')
    page = await lead.newPage()
  })
  afterAll(() => lead?.close())

  it('a lead imports a class of 30 and gets their links', async () => {
    await page.goto(`${stipend.url}/sign-in?next=/physics-lab/members`)
    await page.getByLabel(say.email).fill('lin@physics.example')
    await page.locator('input[name=password]').fill('three quiet otters')
    await page.getByRole('button', { name: say.signIn }).click()
    await page.getByRole('link', { name: say.importClass }).click()
    const students = Array.from({ length: 30 }, (_, n) => `Student ${n},${language.toLowerCase()}-${n}@physics.example`)
    await page.locator('textarea').fill(`name,email\n${students.join('\n')}\nTwice,${students[0]!.split(',')[1]}`)
    await page.getByRole('button', { name: say.check }).click()
    await page.getByText(`${language.toLowerCase()}-0@physics.example`).last().waitFor()
    await page.getByRole('row').filter({ hasText: 'Twice' }).waitFor()
    expect(await page.getByRole('button', { name: say.make }).count()).toBe(0)
    await shoot(page, '1-problem')
    await page.getByRole('button', { name: say.back }).click()
    await page.locator('textarea').fill(`name,email\n${students.join('\n')}`)
    await page.getByRole('button', { name: say.check }).click()
    await page.getByRole('button', { name: say.make }).waitFor()
    await shoot(page, '2-preview')
    await page.getByRole('button', { name: say.make }).click()
    await page.getByText(say.done).waitFor()
    await shoot(page, '3-links')
    // On paper there is a slip for each, with a code to scan, and nothing else.
    await page.evaluate(() => {
      window.print = () => undefined
    })
    await page.getByRole('button', { name: say.print }).click()
    const slips = page.locator('#print-sheet > section')
    await slips.last().waitFor({ state: 'attached' })
    expect(await slips.filter({ has: page.locator('svg path'), hasText: '/join?token=' }).count()).toBe(30)
    expect(await slips.first().isVisible()).toBe(false)
    await page.emulateMedia({ media: 'print' })
    expect(await slips.first().isVisible()).toBe(true)
    expect(await page.getByRole('button', { name: say.print }).isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    const file = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /CSV/ }).click()])
    const stream = await file[0].createReadStream()
    let csv = ''
    for await (const chunk of stream) csv += chunk
    const links = csv.match(/http\S+?\/join\?token=[\w-]+/g)
    expect(links).toHaveLength(30)
    url = links![0]!
  })

  it('a student opens the link on a phone, takes the key and makes a call', async () => {
    const phone = await open({ width: 390, height: 844 }, 'dark')
    const own = await phone.newPage()
    await own.goto(url)
    await own.locator('input[name=password]').fill('four loud badgers')
    await shoot(own, '4-claim')
    await own.getByRole('button', { name: say.take }).click()
    await own.getByRole('heading', { name: say.yours }).waitFor()
    const secret = await own
      .getByText(/^sk-stp-\w+$/)
      .first()
      .textContent()
    await shoot(own, '5-taken')
    const answer = await fetch(`${stipend.url}/v1/key`, { headers: { authorization: `Bearer ${secret}` } })
    expect(answer.status).toBe(200)
    expect(stipend.output()).not.toContain(secret)
    expect(stipend.output()).not.toContain(new URL(url).searchParams.get('token'))
    const again = await own.goto(url)
    expect(await again!.text()).toContain(say.gone)

    await own.goto(`${stipend.url}/me/account`)
    await own.getByRole('heading', { name: say.account }).waitFor()
    await shoot(own, '6-account')
    await own.getByLabel(say.current, { exact: false }).first().fill('four loud badgers')
    await own.locator('input[name=next]').fill('five sleepy lynxes')
    await own.getByRole('button', { name: say.change }).click()
    await own.getByText(say.changed).first().waitFor()
    await shoot(own, '7-changed')
    await phone.close()
  })

  it('nothing went wrong in the browser', () => {
    expect(complaints).toEqual([])
  })
})
