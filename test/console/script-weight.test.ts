import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { messages } from '#lib/i18n/messages.ts'
import { mostScriptBytes } from './most-script-bytes.ts'
import { weighRoutes } from './weigh-routes.ts'

const app = resolve(import.meta.dirname, '../../app')

it('loads no more compressed script than it may on every route', () => {
  const routes = weighRoutes()
  const tooHeavy = [...routes].filter(([, bytes]) => bytes > mostScriptBytes)
  expect(tooHeavy.map(([route, bytes]) => `${route}: ${bytes}`)).toEqual([])
  const [heaviest] = [...routes].sort(([, a], [, b]) => b - a)
  process.stdout.write(`${routes.size} routes: at most ${heaviest![1]} bytes of script (${heaviest![0]})\n`)
  // None has got away: each page there is was weighed, and with all that every page starts with.
  const pages = (readdirSync(app, { recursive: true }) as string[])
    .filter((path) => /(^|[/\\])page\.tsx$/.test(path))
    .map((path) => `/${dirname(path).replaceAll('\\', '/')}`.replace(/\/\([^)]*\)/g, '').replace(/\/\.$/, '/') || '/')
    .filter((route) => !route.startsWith('/design'))
  expect(pages.length).toBeGreaterThan(30)
  expect(pages.filter((route) => !routes.has(route))).toEqual([])
  for (const bytes of routes.values()) expect(bytes).toBeGreaterThan(100_000)
})

it('has every message parsed, since nothing that it sends or renders with can parse one', () => {
  const server = resolve(app, '../.next/server')
  const built = (readdirSync(server, { recursive: true }) as string[])
    .filter((path) => path.endsWith('.js'))
    .map((path) => ({ path, script: readFileSync(join(server, path), 'utf8') }))
  const { select, time } = messages.en.ui
  const filesWith = (words: string) => built.filter(({ script }) => script.includes(words)).map(({ path }) => path)
  expect(filesWith(time.never).length).toBeGreaterThan(0)
  expect(select.count).toContain('{count, plural')
  expect([...filesWith(select.count), ...filesWith(time.zone)]).toEqual([])
})
