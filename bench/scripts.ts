import { cpus, loadavg } from 'node:os'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { openWalk } from '#test/console/open-walk.ts'
import { settle } from '#test/console/settle.ts'
import { type Vitals, watchPage } from '#test/console/watch-page.ts'
import { weighRoutes } from '#test/console/weigh-routes.ts'

interface Seen extends Vitals {
  scriptBytes: number
  documentBytes: number
}

/**
 * What a first visit to every page of the console costs: compressed script, by what was built and by what a browser has
 * fetched until the page is quiet, the page itself; when there was something to read, by how much it moved while it came,
 * and for how long it would have let a press wait.
 */
export async function benchScripts(): Promise<void> {
  const gzip = weighRoutes()
  const brotli = weighRoutes((text) => brotliCompressSync(text).length)
  process.stdout.write(`scripts on ${cpus().length} cores: the machine's load before ${loadavg()[0]!.toFixed(1)}\n`)
  const seen = await visitDemo()
  const widths = [40, 12, 10, 8, 10, 13, 15, 8, 10]
  const row = (...cells: string[]) =>
    process.stdout.write(
      `${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[index]!))).join('')}\n`,
    )
  row(
    'first visit',
    'fetched gzip',
    'built gzip',
    'brotli',
    'document',
    'first paint',
    'largest paint',
    'shift',
    'blocking',
  )
  for (const [route, bytes] of [...gzip].sort(([, a], [, b]) => b - a)) {
    const visit = seen.get(route)
    const built = [inKb(bytes), inKb(brotli.get(route) ?? 0)]
    if (!visit) {
      row(route, '', ...built)
      continue
    }
    row(
      route,
      inKb(visit.scriptBytes),
      ...built,
      inKb(visit.documentBytes),
      inMs(visit.firstPaintMs),
      inMs(visit.largestPaintMs),
      visit.shift.toFixed(4),
      inMs(visit.blockingMs),
    )
  }
  const middle = (of: (visit: Seen) => number) => {
    const all = [...seen.values()].map(of).toSorted((a, b) => a - b)
    return `${inMs(all[Math.floor(all.length / 2)]!)} · ${inMs(all.at(-1)!)}`
  }
  process.stdout.write(
    `median · slowest of ${seen.size} pages: first paint ${middle(({ firstPaintMs }) => firstPaintMs)}, ` +
      `largest paint ${middle(({ largestPaintMs }) => largestPaintMs)}, blocking ${middle(({ blockingMs }) => blockingMs)}; ` +
      `the machine's load after ${loadavg()[0]!.toFixed(1)}\n`,
  )
}

async function visitDemo(): Promise<Map<string, Seen>> {
  const walk = await openWalk()
  try {
    const seen = new Map<string, Seen>()
    // What a page reads for the first time since the start is not the page's doing: each is asked for once before.
    for (const { path, who } of walk.stops) {
      const page = await walk.openAs(who)
      await page.request.get(path)
      await page.context().close()
    }
    for (const { route, path, who } of walk.stops) {
      // Who has yet to show the second factor has been somewhere before.
      if (route === '' || seen.has(route) || who === 'halfway') continue
      // A browser that has fetched nothing yet.
      const page = await walk.openAs(who)
      const watched = await watchPage(page)
      const answer = await page.goto(path)
      await page.locator('h1').first().waitFor()
      await settle(page)
      seen.set(route, {
        ...(await watched.vitals()),
        scriptBytes: await watched.scriptBytes(),
        documentBytes: gzipSync(await answer!.body()).length,
      })
      await page.context().close()
    }
    return seen
  } finally {
    await walk.close()
  }
}

function inKb(bytes: number): string {
  return (bytes / 1000).toFixed(1)
}

function inMs(ms: number): string {
  return `${ms.toFixed(0)} ms`
}
