import { outcomes, type RequestFilter } from './request-filter.ts'

const msPerHour = 3_600_000

/** What the hourly sums know: its span is of whole hours, and nothing in it asks for a single request's trait. */
export type RequestHoursFilter = Omit<RequestFilter, 'model' | 'status'> & { outcome?: string | undefined }

interface SplitRequests {
  /** Null: no hour is whole, or only the rows themselves can answer. */
  hours: RequestHoursFilter | null
  rows: RequestFilter[]
}

/** The same requests in parts that share none: whole hours, and what is before and after them. */
export function splitRequests(filter: RequestFilter): SplitRequests {
  const { model, status, from, to, ...rest } = filter
  const first = from && new Date(Math.ceil(from.getTime() / msPerHour) * msPerHour)
  const end = to && new Date(Math.floor(to.getTime() / msPerHour) * msPerHour)
  const isByHour = model === undefined && (status === undefined || (outcomes as readonly string[]).includes(status))
  if (!isByHour || (first && end && first >= end)) return { hours: null, rows: [filter] }
  const rows: RequestFilter[] = []
  if (from && first && from < first) rows.push({ ...filter, to: first })
  if (to && end && end < to) rows.push({ ...filter, from: end })
  return { hours: { ...rest, from: first, to: end, outcome: status }, rows }
}
