import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { sealSessionId } from '#lib/auth/seal-session-id.ts'
import { startSession } from '#lib/auth/start-session.ts'
import { migrate } from '#lib/db/migrate.ts'
import { prisma } from '#lib/db/prisma.ts'
import { provision } from '#lib/db/provision.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { foundOrganization } from '#lib/setup/found-organization.ts'
import { startPostgres } from '#server/postgres/start-postgres.ts'
import { startStipend } from '#test/server/start-stipend.ts'
import { findChromium } from '#test/support/find-chromium.ts'
import { insertManyRequests } from '#test/support/insert-many-requests.ts'

const secret = 'a secret that this bench alone knows, and then nobody'
const rows = 10_000
/** A machine that others keep busy is waited for, and measured all the same. */
const patienceMs = 300_000
/** As fast as a hard push on a trackpad: seven rows a frame. */
const pxPerFrame = 240
/** A frame that took longer than this was not the next one of sixty a second. */
const droppedMs = 25

interface Scroll {
  frames: number
  dropped: number
  p99Ms: number
  slowestMs: number
  rowsInDocument: number
  /** What the main thread did for a frame. */
  busyMs: number
}

/** How smoothly the list of ten thousand requests scrolls in a real browser, from its end to its top. */
export async function benchTables(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'stipend-bench-'))
  await chmod(home, 0o755)
  const postgres = await startPostgres(home)
  let browser: Browser | undefined
  let stop: (() => Promise<unknown>) | undefined
  try {
    const path = await seed(postgres.databaseUrl)
    const stipend = await startStipend({
      home: join(home, 'stipend'),
      env: { DATABASE_URL: postgres.databaseUrl, STIPEND_SECRET: secret },
    })
    stop = stipend.stop
    browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
    process.stdout.write(
      `tables: ${rows.toLocaleString('en')} requests, ${pxPerFrame} px a frame, load ${loadavg()[0]!.toFixed(1)}\n`,
    )
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const [name, value] = path.cookie
    await context.addCookies([{ name, value, url: stipend.url }])
    const page = await context.newPage()
    page.setDefaultTimeout(patienceMs)
    await page.goto(`${stipend.url}${path.path}`)
    const begun = performance.now()
    await readToEnd(page)
    print('read to its end, 200 rows at a time', `${((performance.now() - begun) / 1000).toFixed(1)} s`)
    // Not down again: at its top a list that came to hold thousands begins anew.
    const up = await scroll(page, -pxPerFrame)
    printScroll('all the way up', up)
    print('rows in the document at most', String(up.rowsInDocument))
    const still = await context.newPage()
    still.setDefaultTimeout(patienceMs)
    await still.setContent(await withoutScript(page), { waitUntil: 'networkidle' })
    await still.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    printScroll('the same rows without any script', await scroll(still, -pxPerFrame))
  } finally {
    await browser?.close()
    await stop?.()
    await prisma().$disconnect()
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
}

/** Where the list is, and who may look at it. */
async function seed(databaseUrl: string): Promise<{ path: string; cookie: [name: string, value: string] }> {
  await migrate(databaseUrl)
  await provision(databaseUrl, secret)
  process.env.DATABASE_URL = databaseUrl
  process.env.STIPEND_SECRET = secret
  const { owner, slug } = await prisma().$transaction((tx) =>
    foundOrganization(tx, {
      organization: 'Bench',
      timeZone: 'Asia/Shanghai',
      locale: 'en',
      ownerLocale: null,
      name: 'Owner',
      email: 'owner@example.com',
      passwordHash: null,
    }),
  )
  const { id: projectId } = await createProject(owner, { name: 'Course' })
  const key = await createKey(owner, { name: 'chen-yu', projectId, budgets: null })
  await insertManyRequests(
    { url: databaseUrl },
    { organizationId: owner.organizationId, key, model: 'gpt-4o', count: rows },
  )
  return {
    path: `/${slug}/requests`,
    cookie: ['stipend_session', await sealSessionId(await startSession(owner.userId, null))],
  }
}

async function readToEnd(page: Page): Promise<void> {
  await page.waitForFunction((count) => {
    window.scrollTo(0, document.documentElement.scrollHeight)
    return document.querySelector(`tr[aria-rowindex="${count + 1}"]`) !== null
  }, rows)
}

/** The reference: the page as it stands, all of its rows in the document, and nothing that runs. */
function withoutScript(page: Page): Promise<string> {
  return page.evaluate((rows) => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement
    for (const script of copy.querySelectorAll('script, link[rel=preload], link[rel=modulepreload]')) script.remove()
    for (const sheet of copy.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]'))
      sheet.href = new URL(sheet.href, location.href).href
    const body = copy.querySelector('tbody')!
    for (const gap of body.querySelectorAll('tr[aria-hidden]')) gap.remove()
    const seen = Array.from(body.rows)
    for (let place = seen.length; place < rows; place++) body.append(seen[place % seen.length]!.cloneNode(true))
    return `<!doctype html>${copy.outerHTML}`
  }, rows)
}

/** Scrolls by so many pixels a frame until there is no further. */
async function scroll(page: Page, px: number): Promise<Scroll> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const before = await workedMs(cdp)
  const smoothness = await page.evaluate(
    ({ px, droppedMs }) =>
      new Promise<Omit<Scroll, 'busyMs'>>((done) => {
        const gapsMs: number[] = []
        let rowsInDocument = 0
        let lastMs: number | undefined
        let lastPx = Number.NaN
        const step = (nowMs: number) => {
          if (lastMs !== undefined) gapsMs.push(nowMs - lastMs)
          lastMs = nowMs
          if (window.scrollY === lastPx) {
            gapsMs.sort((a, b) => a - b)
            return done({
              frames: gapsMs.length,
              dropped: gapsMs.filter((ms) => ms > droppedMs).length,
              p99Ms: gapsMs[Math.floor(gapsMs.length * 0.99)]!,
              slowestMs: gapsMs.at(-1)!,
              rowsInDocument,
            })
          }
          lastPx = window.scrollY
          rowsInDocument = Math.max(rowsInDocument, document.querySelectorAll('tr[data-row]').length)
          window.scrollBy(0, px)
          requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      }),
    { px, droppedMs },
  )
  return { ...smoothness, busyMs: ((await workedMs(cdp)) - before) / smoothness.frames }
}

/** How long the page's main thread has worked so far. */
async function workedMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
}

function printScroll(what: string, { frames, dropped, p99Ms, slowestMs, busyMs }: Scroll): void {
  print(
    what,
    `${frames} frames, ${dropped} dropped, 99 of 100 within ${p99Ms.toFixed(1)} ms, slowest ${slowestMs.toFixed(1)} ms, ${busyMs.toFixed(1)} ms of work each`,
  )
}

function print(what: string, figures: string): void {
  process.stdout.write(`  ${what.padEnd(36)} ${figures}\n`)
}
