import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { filesOfRoutes } from './weigh-routes.ts'

export interface WatchedPage {
  /** Begins anew, for the next address. */
  begin(): void
  /** Compressed script that the page has fetched since, also what it named nowhere; without what it expects for others. */
  scriptBytes(): Promise<number>
  /** By how much it has moved under the eyes of who reads, as browsers reckon it; 0 is not at all. */
  layoutShift(): Promise<number>
}

const sizes = new Map<string, number>()

/** Watches what a browser does for a page; to be called before the page goes anywhere. */
export async function watchPage(page: Page): Promise<WatchedPage> {
  const named = new Set([...filesOfRoutes().values()].flatMap((files) => [...files]))
  const scripts = new Set<string>()
  let isLoaded = false
  page.on('load', () => {
    isLoaded = true
  })
  page.on('request', (request) => {
    if (request.resourceType() !== 'script') return
    // Once it is there, a page fetches what the pages that it links to name. What no page names is its own doing.
    const [, file = ''] = request.url().split('/_next/')
    if (!isLoaded || !named.has(file)) scripts.add(request.url())
  })
  await page.addInitScript(() => {
    const shifts = { sum: 0 }
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) shifts.sum += entry.value
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return {
    begin: () => {
      scripts.clear()
      isLoaded = false
    },
    async scriptBytes() {
      let sum = 0
      for (const url of scripts) {
        if (!sizes.has(url)) sizes.set(url, gzipSync(await (await page.request.get(url)).body()).length)
        sum += sizes.get(url)!
      }
      return sum
    },
    layoutShift: () => page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum),
  }
}
