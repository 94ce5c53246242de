import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

interface Room {
  /** Rooms of this house that it may import from. */
  rooms: string[]
  /** Packages it must not import, or the only ones that it may. */
  packages: { never: RegExp } | { only: RegExp }
  mayReadEnvironment: boolean
}

const anything = { never: /^$/ }

// The import table of docs/ARCHITECTURE.md. A folder that is not in it does not exist.
const rooms: Record<string, Room> = {
  'lib/core': { rooms: ['lib/core'], packages: { only: /^(zod|aws4fetch)$/ }, mayReadEnvironment: false },
  lib: { rooms: ['lib', 'lib/core', 'messages'], packages: { never: /^react-dom$/ }, mayReadEnvironment: true },
  proxy: {
    rooms: ['proxy', 'lib/core'],
    packages: { never: /^(next|react|react-dom|@prisma|prisma|pg)(\/|$)/ },
    mayReadEnvironment: false,
  },
  components: {
    rooms: ['components', 'lib/core'],
    packages: { never: /^(@prisma|prisma|pg|undici|pino|node:)/ },
    mayReadEnvironment: false,
  },
  app: {
    rooms: ['app', 'components', 'lib', 'lib/core', 'proxy', 'server', 'messages'],
    packages: anything,
    mayReadEnvironment: true,
  },
  server: {
    rooms: ['server', 'lib', 'lib/core', 'proxy', 'simulator', 'app'],
    packages: anything,
    mayReadEnvironment: true,
  },
  simulator: {
    rooms: ['simulator', 'lib/core'],
    packages: { never: /^(next|react|@prisma|pg)(\/|$)/ },
    mayReadEnvironment: false,
  },
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('generated/'))
}

function roomOf(path: string): string | undefined {
  return Object.keys(rooms)
    .sort((a, b) => b.length - a.length)
    .find((room) => path.startsWith(`${room}/`))
}

function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)|(?:^|\n)import\s+'([^']+)'/g,
    ),
  ].map((match) => (match[1] ?? match[2] ?? match[3])!)
}

/** Without its strings: a snippet for somebody's own program is not code of ours. */
function codeOf(path: string): string {
  return readFileSync(join(root, path), 'utf8').replace(/'[^'\n]*'|`[^`]*`/g, "''")
}

function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(path), specifier))
  return null
}

const sources = ['app', 'components', 'lib', 'proxy', 'server', 'simulator'].flatMap(filesUnder)

describe('the import table', () => {
  it('sees the whole house', () => {
    expect(sources.length).toBeGreaterThan(100)
  })

  it('is kept by every file', () => {
    const broken: string[] = []
    for (const path of sources) {
      const room = rooms[roomOf(path) ?? '']
      if (!room) {
        broken.push(`${path} is in no room`)
        continue
      }
      for (const specifier of importsOf(path)) {
        const target = targetOf(path, specifier)
        if (target !== null) {
          const targetRoom = target.endsWith('.css') ? roomOf(path) : roomOf(target)
          if (!targetRoom && target.startsWith('messages/')) continue
          if (!targetRoom || !room.rooms.includes(targetRoom)) broken.push(`${path} imports ${specifier}`)
        } else if (
          'only' in room.packages ? !room.packages.only.test(specifier) : room.packages.never.test(specifier)
        ) {
          broken.push(`${path} imports ${specifier}`)
        }
      }
      if (!room.mayReadEnvironment && /process\.env\.(?!NODE_ENV)/.test(codeOf(path))) {
        broken.push(`${path} reads process.env`)
      }
    }
    expect(broken).toEqual([])
  })

  it('has no circles between the domains of lib', () => {
    const edges = new Map<string, Set<string>>()
    for (const path of sources.filter((source) => /^lib\/[^/]+\//.test(source))) {
      const from = path.split('/')[1]!
      for (const specifier of importsOf(path)) {
        const target = targetOf(path, specifier)
        const to = target && /^lib\/([^/]+)\//.exec(target)?.[1]
        if (to && to !== from) edges.set(from, (edges.get(from) ?? new Set()).add(to))
      }
    }
    const circles: string[] = []
    const walk = (domain: string, trail: string[]): void => {
      if (trail.includes(domain)) {
        circles.push([...trail.slice(trail.indexOf(domain)), domain].join(' → '))
        return
      }
      for (const next of edges.get(domain) ?? []) walk(next, [...trail, domain])
    }
    for (const domain of edges.keys()) walk(domain, [])
    expect(circles).toEqual([])
  })
})

describe('style', () => {
  it('has no barrels, no utils and no middleware file', () => {
    expect(
      sources.filter((path) => /(^|\/)(index|utils|helpers|middleware)\.tsx?$/.test(path) || path === 'proxy.ts'),
    ).toEqual([])
  })

  it('keeps files short enough to read in a minute or two', () => {
    const long = sources
      .map((path) => [path, readFileSync(join(root, path), 'utf8').split('\n').length] as const)
      .filter(([, lines]) => lines > 300)
    expect(long).toEqual([])
  })

  it('swallows no error', () => {
    const silent = sources.filter((path) =>
      /catch\s*(\([^)]*\))?\s*\{\s*\}/.test(readFileSync(join(root, path), 'utf8')),
    )
    expect(silent).toEqual([])
  })
})
