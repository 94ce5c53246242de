import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Color, contrastOf, distanceOf, fromOklch, visions } from './oklch.ts'

const css = readFileSync(resolve(import.meta.dirname, '../../app/globals.css'), 'utf8')

function tokensOf(selector: ':root' | '.dark'): Record<string, Color> {
  const block = css.slice(css.indexOf(`\n${selector} {`) + 1).split('\n}', 1)[0] ?? ''
  const opaque = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)
  const grey = block.matchAll(/--([\w-]+): oklch\(([\d.]+) 0 0\);/g)
  return Object.fromEntries(
    [...grey, ...opaque].map(([, name, ...parts]) => [
      name,
      fromOklch(...(parts.concat('0', '0').slice(0, 3).map(Number) as [number, number, number])),
    ]),
  )
}

const inks = ['foreground', 'muted', 'faint', 'accent-text', 'positive-text', 'warning-text', 'danger-text']
const papers = ['background', 'surface', 'sunken', 'hover', 'selected']
const fills = [
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['accent-ink', 'danger-fill'],
  ['accent-ink', 'danger-hover'],
  ...['accent', 'positive', 'warning', 'danger'].flatMap((tone) => [
    [`${tone}-text`, `${tone}-soft`],
    ['foreground', `${tone}-soft`],
    ['muted', `${tone}-soft`],
  ]),
]
const series = Array.from({ length: 8 }, (_, index) => `chart-${index + 1}`)
const edges = ['control', 'ring', ...series]

describe.each([':root', '.dark'] as const)('the tokens of %s', (selector) => {
  const tokens = tokensOf(selector)
  const colorOf = (name: string): Color => {
    const color = tokens[name]
    if (!color) throw new Error(`${selector} has no --${name}`)
    return color
  }

  it('keep text readable on everything that it stands on (4.5:1)', () => {
    const pairs = [...inks.flatMap((ink) => papers.map((paper) => [ink, paper])), ...fills] as [string, string][]
    const weak = pairs.filter(([ink, paper]) => contrastOf(colorOf(ink), colorOf(paper)) < 4.5)
    expect(weak).toEqual([])
  })

  it('keep control edges, focus rings and chart colours visible (3:1)', () => {
    expect(edges.filter((edge) => contrastOf(colorOf(edge), colorOf('background')) < 3)).toEqual([])
  })

  it.each(Object.entries(visions))('keep chart colours apart for %s', (_, vision) => {
    const close = series.flatMap((first, index) =>
      series
        .slice(index + 1)
        .map((second) => [first, second, distanceOf(colorOf(first), colorOf(second), vision)] as const)
        .filter(([, , distance]) => distance < 0.065),
    )
    expect(close).toEqual([])
  })
})
