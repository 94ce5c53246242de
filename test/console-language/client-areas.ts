import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const imported =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g
const translated = /useTranslations\(\s*(?:'([^']*)'\s*\))?/g

/** The areas of messages that components of the browser ask for, of all that this module brings with it. */
export function clientAreas(path: string): Set<string> {
  const areas = new Set<string>()
  const seen = new Set<string>()
  const follow = (file: string, isAbove: boolean) => {
    const text = readFileSync(file, 'utf8')
    // What runs on the server alone is called and not sent.
    if (/^['"]use server['"]/m.test(text)) return
    const isClient = isAbove || /^['"]use client['"]/m.test(text)
    if (seen.has(`${file} ${isClient}`)) return
    seen.add(`${file} ${isClient}`)
    if (isClient) {
      for (const [, area] of text.matchAll(translated)) {
        if (!area) throw new Error(`${relative(root, file)} asks for messages without the name of an area in quotes.`)
        areas.add(area.split('.')[0]!)
      }
    }
    for (const [, one, other] of text.matchAll(imported)) {
      const target = resolveImport(file, (one ?? other)!)
      if (target) follow(target, isClient)
    }
  }
  follow(join(root, path), false)
  return areas
}

function resolveImport(from: string, name: string): string | null {
  const target = name.startsWith('#')
    ? join(root, name.slice(1))
    : name.startsWith('.')
      ? join(dirname(from), name)
      : null
  return target && /\.tsx?$/.test(target) && !target.includes('/generated/') && existsSync(target) ? target : null
}
