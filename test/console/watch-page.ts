import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { filesOfRoutes } from './weigh-routes.ts'

export interface WatchedPage {
  /** Begins anew, for the next address. */
  begin(): void
  /** Compressed script that the page has fetched since, also what it named nowhere; without what it expects for others. */
  scriptBytes(): Promise<number>
  /** What the browser has measured of the page that is open. */
  vitals(): Promise<Vitals>
}

/** As browsers reckon it, from the moment that somebody asked for the page. */
export interface Vitals {
  /** Until there was something to read. */
  firstPaintMs: number
  /** Until the largest thing to read was there. */
  largestPaintMs: number
  /** By how much it has moved under the eyes of who reads; 0 is not at all. */
  shift: number
  /** What moved then, and by how much. */
  moved: string[]
  /** For how long after the first paint a press would have waited: of each task what is over 50 ms. */
  blockingMs: number
}

/** Nobody notices a task that is no longer. */
const shortTaskMs = 50

interface LayoutShift extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
  sources: readonly { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[]
}

interface Task {
  beginMs: number
  endMs: number
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
    const measured = {
      firstPaintMs: 0,
      largestPaintMs: 0,
      shift: 0,
      moved: [] as string[],
      tasks: [] as { beginMs: number; endMs: number }[],
    }
    Object.assign(window, { measured })
    const observe = (type: string, note: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true })
    observe('paint', ({ name, startTime }) => {
      if (name === 'first-contentful-paint') measured.firstPaintMs = startTime
    })
    observe('largest-contentful-paint', ({ startTime }) => {
      measured.largestPaintMs = startTime
    })
    observe('layout-shift', (entry) => {
      const { value, hadRecentInput, sources } = entry as LayoutShift
      if (hadRecentInput) return
      measured.shift += value
      for (const { node, previousRect, currentRect } of sources) {
        const element = node instanceof Element ? node : node?.parentElement
        const where = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join(' ')
        const html = element?.outerHTML.slice(0, 80) ?? 'something that has gone'
        measured.moved.push(`${value.toFixed(4)} ${where(previousRect)} to ${where(currentRect)}: ${html}`)
      }
    })
    observe('longtask', ({ startTime, duration }) => {
      measured.tasks.push({ beginMs: startTime, endMs: startTime + duration })
    })
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
    async vitals() {
      const { tasks, ...measured } = await page.evaluate(
        () => (window as unknown as { measured: Omit<Vitals, 'blockingMs'> & { tasks: Task[] } }).measured,
      )
      const blockingMs = tasks
        .map(({ beginMs, endMs }) => endMs - Math.max(beginMs, measured.firstPaintMs) - shortTaskMs)
        .reduce((sum, ms) => sum + Math.max(0, ms), 0)
      return { ...measured, blockingMs }
    },
  }
}
