import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { extendTailwindMerge } from 'tailwind-merge'
import { expect, it } from 'vitest'
import { mergeClasses } from '#components/ui/merge-classes.ts'

const root = resolve(import.meta.dirname, '../..')
/** All of Tailwind's, and our own shadows. */
const mergeAll = extendTailwindMerge({
  extend: { classGroups: { shadow: [{ shadow: ['control', 'popover', 'dialog'] }] } },
})

/** Written between quotes as something else. */
const others = ['filter', 'font-family', 'font-size', 'font-weight', 'stroke-w', '-to-']

/** Every word between quotes that may be a class, without its conditions: of `hover:bg-hover` what comes then. */
function classesOf(folder: string): string[] {
  const files = (readdirSync(join(root, folder), { recursive: true }) as string[]).filter((path) =>
    /\.tsx?$/.test(path),
  )
  const words = files.flatMap((path) =>
    [...readFileSync(join(root, folder, path), 'utf8').matchAll(/['"`]([^'"`\n]*)['"`]/g)].flatMap(([, text]) =>
      text!.split(/\s+/),
    ),
  )
  return words
    .map((word) => word.replace(/^(?:[a-z0-9@*-]*(?:\[[^\]]*\]|\([^)]*\))?(?:\/[a-z]+)?:)+(?=[^[\]]*(?:\[|$))/, ''))
    .filter((word) => /^-?[a-z@][\w.@/%-]*(?:\[[^\]]+\]|\([^)]+\))?!?$/.test(word))
}

it('lets the same of two classes win as all of Tailwind would, for every two that are written', () => {
  const alike = new Map<string, string[]>()
  for (const name of new Set([...classesOf('components'), ...classesOf('app')])) {
    const shape = name.replace(/\d+(\.\d+)?/g, 'n')
    alike.set(shape, [...(alike.get(shape) ?? []), name])
  }
  // Of `gap-1`, `gap-2`, `gap-3` … two are enough to tell.
  const classes = [...alike.values()].flatMap((names) => names.slice(0, 2))
  // A class is known where it wins over itself.
  const known = classes.filter((name) => !others.includes(name) && mergeAll(`${name} ${name}`) === name)
  expect(known.length).toBeGreaterThan(200)
  const wrong: string[] = []
  for (const one of known) {
    for (const other of known) {
      if (one === other) continue
      const both = `${one} ${other}`
      if (mergeClasses(both) !== mergeAll(both)) wrong.push(`${both}: ${mergeClasses(both)}, and not ${mergeAll(both)}`)
    }
  }
  expect(wrong.slice(0, 20)).toEqual([])
})
