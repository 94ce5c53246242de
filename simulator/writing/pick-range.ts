import type { Range } from '../behaviour.ts'

/** A whole figure within the range; a fixed figure is itself. */
export function pickRange(range: Range, random: () => number): number {
  if (typeof range === 'number') return range
  const [least, most] = range
  return least + Math.floor(random() * (most - least + 1))
}
