import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'

const built = resolve(import.meta.dirname, '../../.next')
const manifestName = 'page_client-reference-manifest.js'
/** Samples for those who build it; not to be seen where it runs. */
const unshipped = /^\/design\b/

/** What is shown in a page's place, and fetched when it is. */
const insteadOfPages = /\/not-found$/

/** Of one file, compressed. */
type Weigh = (text: Buffer) => number

const gzipBytes: Weigh = (text) => gzipSync(text).length

/**
 * What a browser has to fetch of script for each page, by its place in `app` without groups: what every page starts with,
 * and what its own parts and those around it name, for its errors too. Read from what was built.
 */
export function weighRoutes(weigh: Weigh = gzipBytes): Map<string, number> {
  const weights = new Map<string, number>()
  const weightOf = (file: string) => {
    const bytes = weights.get(file) ?? weigh(readFileSync(join(built, file)))
    weights.set(file, bytes)
    return bytes
  }
  return new Map(
    [...filesOfRoutes()].map(([route, files]) => [
      route,
      [...files].reduce((bytes, file) => bytes + weightOf(file), 0),
    ]),
  )
}

/** The files of script that each route names, below `/_next/`. */
export function filesOfRoutes(): Map<string, ReadonlySet<string>> {
  const { rootMainFiles } = JSON.parse(readFileSync(join(built, 'build-manifest.json'), 'utf8')) as {
    rootMainFiles: string[]
  }
  const routes = new Map<string, ReadonlySet<string>>()
  for (const page of readdirSync(join(built, 'server', 'app'), { recursive: true }) as string[]) {
    if (!page.endsWith(manifestName)) continue
    const path = page.slice(0, -manifestName.length).replaceAll('\\', '/')
    const route = `/${path.replace(/\([^)]*\)\//g, '').replace(/\/$/, '')}`
    if (unshipped.test(route)) continue
    routes.set(route, new Set([...rootMainFiles, ...filesOf(join(built, 'server', 'app', page))]))
  }
  return routes
}

interface Manifest {
  entryJSFiles: Record<string, string[]>
}

/** Of the page, and of all that is laid around it. */
function filesOf(manifestPath: string): string[] {
  const context = createContext({}) as { __RSC_MANIFEST?: Record<string, Manifest> }
  runInContext(readFileSync(manifestPath, 'utf8'), context)
  return Object.values(context.__RSC_MANIFEST ?? {}).flatMap(({ entryJSFiles }) =>
    Object.entries(entryJSFiles).flatMap(([entry, files]) => (insteadOfPages.test(entry) ? [] : files)),
  )
}
