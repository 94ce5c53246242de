import { readdir } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'

const app = resolve(import.meta.dirname, '../../app')

export interface PageRoute {
  /** "/[organization]/keys/[key]" */
  route: string
  /** The folder in brackets that it stands in, "(auth)"; null: none. */
  group: string | null
}

/** Every page of the console, found from its file, so that none can be left out. */
export async function pageRoutes(): Promise<PageRoute[]> {
  const files = await readdir(app, { recursive: true })
  return files
    .filter((file) => file === 'page.tsx' || file.endsWith(join(sep, 'page.tsx')))
    .map((file) => {
      const folders = file.split(sep).slice(0, -1)
      const isGroup = (folder: string) => folder.startsWith('(')
      return {
        route: `/${folders.filter((folder) => !isGroup(folder)).join('/')}`,
        group: folders.find(isGroup) ?? null,
      }
    })
    .toSorted((a, b) => a.route.localeCompare(b.route, 'en'))
}

/** Puts what the test knows where a route has a parameter; a parameter that it does not know is an error. */
export function pathOf(route: string, places: Record<string, string>): string {
  return route.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => {
    const place = places[name]
    if (place === undefined) throw new Error(`${route}: give the walk an example of "${name}"`)
    return place
  })
}
