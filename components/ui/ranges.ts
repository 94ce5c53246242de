/** The presets of `DateRange`; the value is what the URL says. */
export const ranges = ['24h', '7d', '30d', '90d'] as const

export type Range = (typeof ranges)[number]

export const defaultRange: Range = '7d'

/** What a page reads from its `range` parameter; anything unknown is the default. */
export function parseRange(value: string | string[] | undefined): Range {
  return ranges.find((range) => range === value) ?? defaultRange
}
