import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './axe-problems.ts'
import { mostScriptBytes } from './most-script-bytes.ts'
import { openWalk, type Stop, type Walk, type Who } from './open-walk.ts'
import { type Overlay, overlays } from './overlays.ts'
import { pageRoutes } from './page-routes.ts'
import { settle } from './settle.ts'
import { translate } from './translate.ts'
import { type WatchedPage, watchPage } from './watch-page.ts'
import { whenAlive } from './when-alive.ts'

const pictures = resolve(import.meta.dirname, '../pictures')
/** A tenth of what browsers call good: a chart that pushes what is below it moves more. */
const mostShift = 0.01
const [desktop, phone] = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]
const overlayParts = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'
/** A theme and a language at a time: every page is looked at in both of each. */
const looks = [
  { theme: 'light', browserLocale: 'en-US', locale: 'en' },
  { theme: 'dark', browserLocale: 'zh-CN', locale: 'zh-CN' },
] as const
/** `npm run prove -- pages` also opens what opens on them. */
const isLong = process.env.PROVE_SEEDS !== undefined

let walk: Walk

beforeAll(async () => {
  await mkdir(pictures, { recursive: true })
  walk = await openWalk()
}, 600_000)

afterAll(() => walk?.close())

interface Seen {
  /** What the console of the browser complained of. */
  complaints: string[]
  /** What a sentence shows where a value was forgotten. */
  forgotten: string[]
  violations: string[]
  overflowPx: number
  scriptBytes: number
  /** By how much it moved under the eyes of who reads, and what did. */
  shift: number
  moved: string[]
}

async function look(page: Page, watched: WatchedPage, stop: Stop, complaints: string[]): Promise<Seen> {
  complaints.length = 0
  watched.begin()
  await page.setViewportSize(desktop)
  const answer = await page.goto(stop.path)
  expect(answer!.status(), stop.path).toBe(stop.status)
  // A page that leads elsewhere is not the one that is to be looked at; the start alone always does.
  if (stop.path !== '/') expect(new URL(page.url()).pathname).toBe(stop.path.split('?')[0])
  // What is still loading is a skeleton, which has no heading.
  await page.locator('h1').first().waitFor()
  await whenAlive(page)
  await settle(page)
  const [scriptBytes, { shift, moved }] = [await watched.scriptBytes(), await watched.vitals()]
  const forgotten =
    (await page.locator('body').allInnerTexts()).join().match(/.*(\bundefined\b|\bNaN\b|\[object ).*/g) ?? []
  const violations = await axeProblems(page)
  await page.setViewportSize(phone)
  // Charts follow the window a moment later; what stays wide is wrong.
  await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth).catch(() => {})
  const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  return {
    // That there is nothing is what a page that is not there says.
    complaints: complaints.filter((complaint) => stop.status === 200 || !complaint.includes(String(stop.status))),
    forgotten,
    violations,
    overflowPx,
    scriptBytes,
    shift,
    moved,
  }
}

/** Opens what lies over the page where it stands, asks axe, and closes it again. */
async function lookOver(page: Page, overlay: Overlay, locale: (typeof looks)[number]['locale']): Promise<string[]> {
  await page.setViewportSize(overlay.isPhone ? phone : desktop)
  await overlay.open(page, translate(locale))
  await page.locator(overlayParts).last().waitFor()
  const problems = await axeProblems(page, overlayParts)
  const name = `${overlay.route} ${overlay.name}`.replace(/\W+/g, '-').slice(1)
  await page.screenshot({ path: join(pictures, `over-${name}-${locale}.png`) })
  // A list within a dialog closes before the dialog does.
  for (let count = await countOver(page); count > 0; count = await countOver(page)) {
    await page.keyboard.press('Escape')
    await page.waitForFunction(([selector, before]) => document.querySelectorAll(selector).length < before, [
      overlayParts,
      count,
    ] as const)
  }
  return problems
}

function countOver(page: Page): Promise<number> {
  return page.locator(overlayParts).count()
}

describe('the walk', () => {
  it('opens only what lies over a page that there is', async () => {
    const routes = (await pageRoutes()).map(({ route }) => route)
    expect(overlays.map(({ route }) => route).filter((route) => !routes.includes(route))).toEqual([])
  })

  it('has looked at the dialogs that show a secret once', () => {
    expect(walk.onTheWay).toEqual([])
  })
})

describe.each(looks)('every page, $theme and $locale', ({ theme, locale, browserLocale }) => {
  const mine = isLong ? overlays : []

  it('is clean for axe with what opens on it, fits a phone, complains of nothing, loads little script and stays where it is', async () => {
    const complaints: string[] = []
    const opened = async (who: Who) => {
      const page = await walk.openAs(who, { colorScheme: theme, locale: browserLocale })
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      return { page, watched: await watchPage(page) }
    }
    const people = {
      owner: await opened('owner'),
      student: await opened('student'),
      stranger: await opened('stranger'),
    }
    const problems: Record<string, unknown> = {}
    let largest = { path: '', bytes: 0 }
    const looked: Overlay[] = []
    for (const stop of walk.stops) {
      // What is half shown holds for minutes only.
      const { page, watched } = stop.who === 'halfway' ? await opened(stop.who) : people[stop.who]
      const seen = await look(page, watched, stop, complaints)
      // What only builders see may weigh what it weighs.
      const isBuilders = stop.path.startsWith('/design')
      if (!isBuilders && seen.scriptBytes > largest.bytes) largest = { path: stop.path, bytes: seen.scriptBytes }
      const wrong: Record<string, unknown> = {
        ...(seen.complaints.length > 0 && { complaints: seen.complaints }),
        ...(seen.forgotten.length > 0 && { forgotten: seen.forgotten }),
        ...(seen.violations.length > 0 && { violations: seen.violations }),
        ...(seen.overflowPx > 0 && { overflowPx: seen.overflowPx }),
        ...(seen.scriptBytes > mostScriptBytes && !isBuilders && { scriptBytes: seen.scriptBytes }),
        ...(seen.shift > mostShift && { shift: seen.shift, moved: seen.moved }),
      }
      const name = stop.path
        .replace(/[0-9a-f-]{36}/g, 'one')
        .replace(/token=[\w-]+/g, 'token')
        .replace(/\W+/g, '-')
        .slice(1)
      await page.screenshot({ path: join(pictures, `page-${name}-${stop.who}-${phone.width}-${theme}.png`) })
      for (const overlay of mine.filter(({ route, who = 'owner' }) => route === stop.route && who === stop.who)) {
        complaints.length = 0
        const found = await lookOver(page, overlay, locale).catch(async (error) => {
          // What half opened is not in the way of the next.
          await page.goto(stop.path)
          await whenAlive(page)
          return [String(error)]
        })
        const all = [...found, ...complaints]
        if (all.length > 0) wrong[overlay.name] = all
        looked.push(overlay)
      }
      if (stop.who === 'halfway') await page.context().close()
      if (Object.keys(wrong).length > 0) problems[`${stop.path} as ${stop.who}`] = wrong
    }
    for (const { page } of Object.values(people)) await page.context().close()
    process.stdout.write(
      `${walk.stops.length} pages and ${looked.length} of what opens on them in ${theme}: most script ${Math.round(largest.bytes / 1000)} KB (${largest.path})\n`,
    )
    expect(problems).toEqual({})
    expect(mine.filter((overlay) => !looked.includes(overlay))).toEqual([])
  }, 900_000)

  it('draws usage as lines for who asks for them', async () => {
    const page = await walk.openAs('owner', { colorScheme: theme, locale: browserLocale })
    await page.goto(walk.stops.find(({ path }) => path.includes('/usage?'))!.path)
    await whenAlive(page)
    await page.getByRole('radio', { name: translate(locale)('ui.chart.lines') }).click()
    // One for each entry of the legend.
    const series = await page.locator('figure button[aria-pressed]').count()
    expect(series).toBeGreaterThan(1)
    await expect.poll(() => page.locator('.recharts-line-curve').count(), { timeout: 60_000 }).toBe(series)
    await page.locator('figure button[aria-pressed]').first().click()
    await expect.poll(() => page.locator('.recharts-line-curve').count(), { timeout: 60_000 }).toBe(series - 1)
    await expect.poll(() => new URL(page.url()).searchParams.get('view'), { timeout: 60_000 }).toBe('lines')
    expect(await axeProblems(page, 'figure')).toEqual([])
    await page.screenshot({ path: join(pictures, `usage-lines-${theme}.png`) })
    await page.context().close()
  }, 180_000)
})

it('says when what was asked for cannot be had, makes no secret that it could not show, and opens it when it can', async () => {
  const page = await walk.openAs('owner')
  await page.goto(walk.stops.find(({ route }) => route.endsWith('/keys/[key]'))!.path)
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
  expect(await axeProblems(page, '[role=alert]')).toEqual([])
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
  await page.context().close()
}, 240_000)
