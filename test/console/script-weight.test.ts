import { readdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { expect, it } from 'vitest'
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
