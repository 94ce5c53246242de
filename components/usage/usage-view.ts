/** What the explorer shows, all of it in the URL. What the URL says wrongly counts as not said. */
export interface UsageQuery {
  metric: (typeof usageMetrics)[number]
  group: (typeof usageGroups)[number]
  split: (typeof usageGroups)[number]
  interval: (typeof usageIntervals)[number]
  range: (typeof usageRanges)[number]
  /** Calendar days in the organization's time zone, both included; only with the range `custom`. */
  from: string | null
  to: string | null
  top: (typeof usageTops)[number]
  compare: boolean
  key: string | null
  project: string | null
  member: string | null
  model: string | null
  provider: string | null
}

export const usageMetrics = ['spend', 'requests', 'tokens', 'input', 'output', 'cached', 'reasoning', 'errors'] as const
export const usageGroups = ['none', 'model', 'key', 'project', 'member', 'provider', 'outcome'] as const
export const usageIntervals = ['hour', 'day', 'week', 'month'] as const
export const usageRanges = ['24h', '7d', '30d', '90d', 'month', 'lastMonth', 'year', 'custom'] as const
export const usageTops = ['5', '8', '20', '50'] as const
export const usageFilters = ['key', 'project', 'member', 'model', 'provider'] as const

type Search = Record<string, string | string[] | undefined>

export function readUsageQuery(search: Search): UsageQuery {
  const text = (name: string) => [search[name]].flat()[0]?.trim() ?? ''
  const one = <T extends string>(name: string, of: readonly T[], fallback: T): T =>
    of.find((value) => value === text(name)) ?? fallback
  const id = (name: string) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text(name)) ? text(name) : null)
  const date = (name: string) =>
    /^\d{4}-\d\d-\d\d$/.test(text(name)) && !Number.isNaN(Date.parse(text(name))) ? text(name) : null
  const from = date('from')
  const range = one('range', usageRanges, '30d')
  const group = one('group', usageGroups, 'model')
  const split = one('split', usageGroups, 'none')
  return {
    metric: one('metric', usageMetrics, 'spend'),
    group,
    split: group === 'none' || split === group ? 'none' : split,
    interval: one('interval', usageIntervals, range === '24h' ? 'hour' : range === 'year' ? 'month' : 'day'),
    range: range === 'custom' && from === null ? '30d' : range,
    from,
    to: date('to'),
    top: one('top', usageTops, '8'),
    compare: text('compare') === '1',
    key: id('key'),
    project: id('project'),
    member: id('member'),
    model: id('model'),
    provider: id('provider'),
  }
}
