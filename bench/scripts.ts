import { readdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { settle } from '#test/console/settle.ts'
import { watchPage } from '#test/console/watch-page.ts'
import { weighRoutes } from '#test/console/weigh-routes.ts'
import { newHome, removeHome, startStipend } from '#test/server/start-stipend.ts'
import { findChromium } from '#test/support/find-chromium.ts'

/** Words that something of each kind in the demo lab is found by. */
const wordsOfKinds = ['e', 'gpt']
/** Nobody who has set up and signed in comes to these. */
const unreachable = ['/setup', '/sign-in/verify']

interface Seen {
  scriptBytes: number
  documentBytes: number
  shift: number
}

/**
 * What a first visit to every page of the console costs: compressed script, by what was built and by what a browser has
 * fetched until the page is quiet, the page itself, and by how much it moved while it came.
 */
export async function benchScripts(): Promise<void> {
  const gzip = weighRoutes()
  const brotli = weighRoutes((text) => brotliCompressSync(text).length)
  const seen = await visitDemo()
  const widths = [40, 12, 10, 10, 10, 8]
  const row = (...cells: string[]) =>
    process.stdout.write(
      `${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[index]!))).join('')}\n`,
    )
  row('first visit, KB compressed', 'fetched gzip', 'built gzip', 'brotli', 'document', 'shift')
  for (const [route, bytes] of [...gzip].sort(([, a], [, b]) => b - a)) {
    const visit = seen.get(route)
    row(
      route,
      visit ? inKb(visit.scriptBytes) : '',
      inKb(bytes),
      inKb(brotli.get(route) ?? 0),
      visit ? inKb(visit.documentBytes) : '',
      visit ? visit.shift.toFixed(4) : '',
    )
  }
}

async function visitDemo(): Promise<Map<string, Seen>> {
  const home = await newHome()
  const stipend = await startStipend({ home, args: ['--demo'] })
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
  const open = async (state?: Awaited<ReturnType<BrowserContext['storageState']>>) => {
    const context = await browser.newContext({
      baseURL: stipend.url,
      viewport: { width: 1440, height: 900 },
      ...(state && { storageState: state }),
    })
    context.setDefaultTimeout(60_000)
    return context
  }
  try {
    const context = await open()
    const page = await context.newPage()
    const [, email, password] = /sign in at \S+ as (\S+) with the password (\S+)/.exec(stipend.output())!
    await page.goto('/sign-in')
    await page.locator('input[name=email]').fill(email!)
    await page.locator('input[name=password]').fill(password!)
    await page.locator('button[type=submit]').click()
    await page.locator('aside nav a').first().waitFor()
    const paths = await pathsOfRoutes(page, new URL(page.url()).pathname)
    const state = await context.storageState()
    await context.close()
    const seen = new Map<string, Seen>()
    for (const [route, path] of paths) {
      // A browser that has fetched nothing yet, signed in but where one signs in.
      const fresh = await open(/^\/(sign-in|reset|join)/.test(route) ? undefined : state)
      const visitor = await fresh.newPage()
      const watched = await watchPage(visitor)
      const answer = await visitor.goto(path)
      await visitor.locator('h1').first().waitFor()
      await settle(visitor)
      seen.set(route, {
        scriptBytes: await watched.scriptBytes(),
        documentBytes: gzipSync(await answer!.body()).length,
        shift: await watched.layoutShift(),
      })
      await fresh.close()
    }
    return seen
  } finally {
    await browser.close()
    await stipend.stop()
    await removeHome(home)
  }
}

/** An address of the demo lab for each route of `app`. */
async function pathsOfRoutes(page: Page, organization: string): Promise<Map<string, string>> {
  const app = resolve(import.meta.dirname, '../app')
  const ids: Record<string, string> = { '[organization]': organization.slice(1), '[code]': 'insufficient_quota' }
  for (const word of wordsOfKinds) {
    const answer = await page.request.get(`${organization}/search?q=${word}`)
    const { hits } = (await answer.json()) as { hits: { kind: string; id: string }[] }
    for (const { kind, id } of hits) ids[`[${kind}]`] ??= id
  }
  const routes = (readdirSync(app, { recursive: true }) as string[])
    .filter((path) => /(^|[/\\])page\.tsx$/.test(path))
    .map((path) => `/${dirname(path).replaceAll('\\', '/')}`.replace(/\/\([^)]*\)/g, '').replace(/\/\.$/, '') || '/')
    .filter((route) => route !== '/' && !route.startsWith('/design') && !unreachable.includes(route))
  return new Map(routes.map((route) => [route, route.replace(/\[[^\]]+\]/g, (name) => ids[name] ?? name)]))
}

function inKb(bytes: number): string {
  return (bytes / 1000).toFixed(1)
}
