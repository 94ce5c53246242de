import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rootAreas } from '#lib/i18n/root-areas.ts'
import { clientAreas } from './client-areas.ts'

const root = resolve(import.meta.dirname, '../..')
/** What stands around a page, and in its place while it loads or when it fails. */
const companions = ['layout', 'error', 'not-found', 'loading'].map((name) => `${name}.tsx`)

const pages = (readdirSync(join(root, 'app'), { recursive: true }) as string[])
  .map((path) => join('app', path))
  .filter((path) => /(^|[/\\])page\.tsx$/.test(path))

/** The files around a page, from the outermost folder inwards, and itself. */
function filesAround(page: string): string[] {
  const folders = dirname(page).split(/[/\\]/)
  return [
    ...folders
      .map((_, index) => join(...folders.slice(0, index + 1)))
      .flatMap((folder) => companions.map((name) => join(folder, name)))
      .filter((path) => existsSync(join(root, path))),
    page,
  ]
}

/** The areas that a layout or page sends to the browser with `messagesLayout`. */
function areasSentBy(path: string): string[] {
  const [, names = ''] = /messagesLayout\(([^)]*)\)/.exec(readFileSync(join(root, path), 'utf8')) ?? []
  return [...names.matchAll(/'([^']+)'/g)].map(([, name]) => name!)
}

describe('the messages that a page sends to the browser', () => {
  it.each(pages)('are those of all areas that its components ask for: %s', (page) => {
    const files = filesAround(page)
    const sent = new Set<string>([...rootAreas, ...files.flatMap(areasSentBy)])
    const needed = files.flatMap((file) => [...clientAreas(file)])
    expect([...new Set(needed)].filter((area) => !sent.has(area))).toEqual([])
  })

  it('are of no area that nothing below asks for', () => {
    const needless: Record<string, string[]> = {}
    const senders = new Set(pages.flatMap(filesAround).filter((path) => areasSentBy(path).length > 0))
    for (const sender of senders) {
      const below = pages.filter((page) => filesAround(page).includes(sender))
      const needed = new Set(below.flatMap(filesAround).flatMap((file) => [...clientAreas(file)]))
      const unused = areasSentBy(sender).filter((area) => !needed.has(area))
      if (unused.length > 0) needless[sender] = unused
    }
    expect(senders.size).toBeGreaterThan(0)
    expect(needless).toEqual({})
  })

  it('are looked for where components are: the explorer of usage asks for its own', () => {
    expect(clientAreas('app/(console)/[organization]/usage/page.tsx')).toContain('usage')
  })
})
