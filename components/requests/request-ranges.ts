/** How far back the list of requests may go; the value is what the URL says. */
export const requestRanges = ['1h', '24h', '7d', '30d', '90d'] as const

export type RequestRange = (typeof requestRanges)[number]

export const defaultRequestRange: RequestRange = '24h'

export function parseRequestRange(value: string | string[] | undefined): RequestRange {
  return requestRanges.find((range) => range === value) ?? defaultRequestRange
}
