import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newHome, type RunningStipend, removeHome, startStipend } from '../server/start-stipend.ts'
import { findChromium } from '../support/find-chromium.ts'
import { mostScriptBytes } from './most-script-bytes.ts'
import { settle } from './settle.ts'
import { type WatchedPage, watchPage } from './watch-page.ts'

const pictures = resolve(import.meta.dirname, '../pictures')
/** A tenth of what browsers call good: a chart that pushes what is below it moves more. */
const mostShift = 0.01
const phoneWidth = 390
/** A theme and a language at a time: every page is looked at in both of each. */
const looks = [
  { theme: 'light', locale: 'en-US' },
  { theme: 'dark', locale: 'zh-CN' },
] as const

let home: string
let stipend: RunningStipend
let browser: Browser
let state: Awaited<ReturnType<BrowserContext['storageState']>>
/** Without the origin. What the sidebar leads to, and the pages below. */
let paths: string[]

beforeAll(async () => {
  await mkdir(pictures, { recursive: true })
  home = await newHome()
  stipend = await startStipend({ home, args: ['--demo'] })
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const [, email, password] = /sign in at \S+ as (\S+) with the password (\S+)/.exec(stipend.output())!
  await page.goto(`${stipend.url}/sign-in`)
  await page.locator('input[name=email]').fill(email!)
  await page.locator('input[name=password]').fill(password!)
  await page.locator('button[type=submit]').click()
  await page.locator('aside nav a').first().waitFor()
  const organization = new URL(page.url()).pathname
  const links = async (of: string) =>
    page.locator(of).evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname))
  paths = await links('aside nav a')
  const firsts: string[] = []
  for (const list of ['keys', 'projects', 'models']) {
    await page.goto(`${stipend.url}${organization}/${list}`)
    const place = `/${list}/[0-9a-f-]{36}$`
    // The table comes after the frame of the page.
    await page.waitForFunction(
      (pattern) =>
        Array.from(document.querySelectorAll<HTMLAnchorElement>('main a')).some(({ pathname }) =>
          new RegExp(pattern).test(pathname),
        ),
      place,
    )
    const first = (await links('main a')).find((path) => new RegExp(place).test(path))
    firsts.push(first!, `${organization}/${list}/new`)
  }
  paths.push(
    ...firsts,
    `${organization}/help/insufficient_quota`,
    `${organization}/usage?group=key&split=model&compare=1`,
  )
  state = await context.storageState()
  await context.close()
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await stipend?.stop()
  if (home) await removeHome(home)
})

interface Visit {
  /** What the console of the browser complained of. */
  complaints: string[]
  /** What a sentence shows where a value was forgotten. */
  forgotten: string[]
  violations: string[]
  overflowPx: number
  scriptBytes: number
  /** By how much it moved under the eyes of who reads. */
  shift: number
}

async function visit(page: Page, watched: WatchedPage, path: string, complaints: string[]): Promise<Visit> {
  complaints.length = 0
  watched.begin()
  await page.setViewportSize({ width: 1440, height: 900 })
  const answer = await page.goto(stipend.url + path)
  expect(answer!.status(), path).toBe(200)
  await page.locator('h1').first().waitFor()
  // What is still loading is a skeleton, which has no heading; charts come last.
  await settle(page)
  const [scriptBytes, shift] = [await watched.scriptBytes(), await watched.layoutShift()]
  const forgotten =
    (await page.locator('body').allInnerTexts()).join().match(/.*(\bundefined\b|\bNaN\b|\[object ).*/g) ?? []
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  await page.setViewportSize({ width: phoneWidth, height: 844 })
  // Charts follow the window a moment later; what stays wide is wrong.
  const overflow = () => document.documentElement.scrollWidth - window.innerWidth
  await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth).catch(() => {})
  const overflowPx = await page.evaluate(overflow)
  return {
    complaints: [...complaints],
    forgotten,
    violations: violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`)),
    overflowPx,
    scriptBytes,
    shift,
  }
}

describe.each(looks)('every page, $theme and $locale', ({ theme, locale }) => {
  it('is clean for axe, fits a phone, complains of nothing, loads little script and stays where it is', async () => {
    const context = await browser.newContext({
      storageState: { ...state, cookies: state.cookies.filter(({ name }) => !name.includes('locale')) },
      colorScheme: theme,
      locale,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const watched = await watchPage(page)
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    const problems: Record<string, Partial<Visit>> = {}
    let largest = { path: '', bytes: 0 }
    for (const path of paths) {
      const seen = await visit(page, watched, path, complaints)
      if (seen.scriptBytes > largest.bytes) largest = { path, bytes: seen.scriptBytes }
      const wrong = {
        ...(seen.complaints.length > 0 && { complaints: seen.complaints }),
        ...(seen.forgotten.length > 0 && { forgotten: seen.forgotten }),
        ...(seen.violations.length > 0 && { violations: seen.violations }),
        ...(seen.overflowPx > 0 && { overflowPx: seen.overflowPx }),
        ...(seen.scriptBytes > mostScriptBytes && { scriptBytes: seen.scriptBytes }),
        ...(seen.shift > mostShift && { shift: seen.shift }),
      }
      if (Object.keys(wrong).length > 0) problems[path] = wrong
      const name = path
        .replace(/[0-9a-f-]{36}/g, 'one')
        .replace(/\W+/g, '-')
        .slice(1)
      await page.screenshot({ path: join(pictures, `page-${name}-${phoneWidth}-${theme}.png`) })
    }
    await context.close()
    process.stdout.write(
      `${paths.length} pages in ${theme}: most script ${Math.round(largest.bytes / 1000)} KB (${largest.path})\n`,
    )
    expect(problems).toEqual({})
  }, 480_000)

  it('draws usage as lines for who asks for them', async () => {
    const cookies = state.cookies.filter(({ name }) => !name.includes('locale'))
    const context = await browser.newContext({ storageState: { ...state, cookies }, colorScheme: theme, locale })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(stipend.url + paths.find((path) => path.includes('/usage?'))!)
    const lines = page.getByRole('radio', { name: locale === 'en-US' ? 'Lines' : '折线' })
    await settle(page)
    await lines.click()
    // One for each entry of the legend.
    const series = await page.locator('figure button[aria-pressed]').count()
    expect(series).toBeGreaterThan(1)
    await expect.poll(() => page.locator('.recharts-line-curve').count(), { timeout: 60_000 }).toBe(series)
    await page.locator('figure button[aria-pressed]').first().click()
    await expect.poll(() => page.locator('.recharts-line-curve').count(), { timeout: 60_000 }).toBe(series - 1)
    expect(new URL(page.url()).searchParams.get('view')).toBe('lines')
    const { violations } = await new AxeBuilder({ page }).include('figure').analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    await page.screenshot({ path: join(pictures, `usage-lines-${theme}.png`) })
    await context.close()
  }, 180_000)
})

it('says when what was asked for cannot be had, makes no secret that it could not show, and opens it when it can', async () => {
  const cookies = state.cookies.filter(({ name }) => !name.includes('locale'))
  const context = await browser.newContext({ storageState: { ...state, cookies }, locale: 'en-US' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(stipend.url + paths.find((path) => /\/keys\/[0-9a-f-]{36}$/.test(path))!)
  await settle(page)
  let isGone = true
  await page.route('**/_next/static/chunks/**', (route) => (isGone ? route.abort() : route.continue()))
  let actions = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.headers()['next-action']) actions += 1
  })
  const notice = page.getByRole('alert').filter({ hasText: 'could not be loaded' })
  const menuButton = page
    .getByRole('main')
    .getByRole('button', { name: /^Actions for [^{]/ })
    .first()
  await menuButton.focus()
  await page.keyboard.press('Enter')
  await notice.waitFor()
  const { violations } = await new AxeBuilder({ page }).include('[role=alert]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  isGone = false
  const rotate = page.getByRole('menuitem', { name: 'Rotate secret' })
  await rotate.waitFor()
  await notice.waitFor({ state: 'detached' })
  expect(await rotate.evaluate((item) => item === document.activeElement)).toBe(true)
  // The dialog with all that is in it comes when it is asked for, and what it was asked from has the focus again after it.
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await page.waitForFunction(() => document.querySelector('[role=dialog]')?.contains(document.activeElement))
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Actions for '))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await dialog.waitFor()
  isGone = true
  const confirm = dialog.getByRole('button', { name: 'Rotate secret' })
  await confirm.click()
  await dialog.getByText('nothing was changed').waitFor()
  expect(actions).toBe(0)
  isGone = false
  await confirm.click()
  await page.getByRole('dialog', { name: /^The new secret of [^{]/ }).waitFor()
  expect(actions).toBe(1)
  await context.close()
}, 240_000)
