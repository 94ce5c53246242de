import { parseRequestRange } from '#components/requests/request-ranges.ts'
import { idSchema } from '#lib/core/ids.ts'
import type { RequestFilter } from '#lib/requests/request-filter.ts'

export type SearchParams = Record<string, string | string[] | undefined>

const hourMs = 3_600_000
const hoursOfRange = { '1h': 1, '24h': 24, '7d': 7 * 24, '30d': 30 * 24, '90d': 90 * 24 }

/** What the URL asks for; what it says wrongly counts as not said. */
export function readFilter(search: SearchParams): RequestFilter {
  const text = (name: string) => [search[name]].flat()[0]?.trim() || undefined
  const id = (name: string) => idSchema.safeParse(text(name)).data
  const status = text('status')
  const hours = hoursOfRange[parseRequestRange(search.range)]
  return {
    from: new Date(Date.now() - hours * hourMs),
    keyId: id('key'),
    projectId: id('project'),
    model: text('model')?.slice(0, 300),
    status: status && /^(ok|error|refused|aborted|[1-5]\d\d)$/.test(status) ? status : undefined,
  }
}
