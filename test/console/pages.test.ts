import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newHome, type RunningStipend, removeHome, startStipend } from '../server/start-stipend.ts'
import { findChromium } from '../support/find-chromium.ts'

const pictures = resolve(import.meta.dirname, '../pictures')
/** Where we are; 200 KiB is where we mean to be. It may fall and must not rise. */
const mostScriptBytes = 252 * 1024
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
  violations: string[]
  overflowPx: number
  scriptBytes: number
}

const sizes = new Map<string, number>()

/** Waits until nothing has been fetched for a moment, but for the stream of news, which has no end; and not for ever. */
async function settle(page: Page): Promise<void> {
  const quietMs = 500
  const longestMs = 3_000
  let underWay = 0
  let quietSince = performance.now()
  const isCounted = (request: Request) => request.resourceType() !== 'eventsource'
  const begin = (request: Request) => {
    if (isCounted(request)) underWay += 1
  }
  const end = (request: Request) => {
    if (!isCounted(request)) return
    underWay = Math.max(0, underWay - 1)
    quietSince = performance.now()
  }
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end)
  const until = performance.now() + longestMs
  while ((underWay > 0 || performance.now() - quietSince < quietMs) && performance.now() < until) {
    await page.waitForTimeout(50)
  }
  page.off('request', begin).off('requestfinished', end).off('requestfailed', end)
}

async function visit(page: Page, path: string, complaints: string[]): Promise<Visit> {
  complaints.length = 0
  await page.setViewportSize({ width: 1440, height: 900 })
  const answer = await page.goto(stipend.url + path)
  expect(answer!.status(), path).toBe(200)
  await page.locator('h1').first().waitFor()
  // What is still loading is a skeleton, which has no heading; charts come last.
  await settle(page)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  // What is for browsers without modules is never fetched by those that have them.
  const tags = [...(await answer!.text()).matchAll(/<script\b[^>]*>/g)].filter(([tag]) => !/\bnomodule\b/i.test(tag))
  const sources = tags.flatMap(([tag]) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? [])
  let scriptBytes = 0
  for (const source of new Set(sources)) {
    if (!sizes.has(source)) {
      const script = await page.request.get(new URL(source, stipend.url).toString())
      sizes.set(source, gzipSync(await script.body()).length)
    }
    scriptBytes += sizes.get(source)!
  }
  await page.setViewportSize({ width: phoneWidth, height: 844 })
  // Charts follow the window a moment later; what stays wide is wrong.
  const overflow = () => document.documentElement.scrollWidth - window.innerWidth
  await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth).catch(() => {})
  const overflowPx = await page.evaluate(overflow)
  return {
    complaints: [...complaints],
    violations: violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`)),
    overflowPx,
    scriptBytes,
  }
}

describe.each(looks)('every page, $theme and $locale', ({ theme, locale }) => {
  it('is clean for axe, fits a phone, complains of nothing and loads little script', async () => {
    const context = await browser.newContext({
      storageState: { ...state, cookies: state.cookies.filter(({ name }) => !name.includes('locale')) },
      colorScheme: theme,
      locale,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    const problems: Record<string, Partial<Visit>> = {}
    let largest = { path: '', bytes: 0 }
    for (const path of paths) {
      const seen = await visit(page, path, complaints)
      if (seen.scriptBytes > largest.bytes) largest = { path, bytes: seen.scriptBytes }
      const wrong = {
        ...(seen.complaints.length > 0 && { complaints: seen.complaints }),
        ...(seen.violations.length > 0 && { violations: seen.violations }),
        ...(seen.overflowPx > 0 && { overflowPx: seen.overflowPx }),
        ...(seen.scriptBytes > mostScriptBytes && { scriptBytes: seen.scriptBytes }),
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
      `${paths.length} pages in ${theme}: most script ${Math.round(largest.bytes / 1024)} KB (${largest.path})\n`,
    )
    expect(problems).toEqual({})
  }, 480_000)
})
