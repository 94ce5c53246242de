import { z } from 'zod'

/** One page of a list, newest or first first; `nextCursor` is null on the last page. */
export interface Page<T> {
  rows: T[]
  nextCursor: string | null
}

/** What every list takes. */
export const pageFields = {
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(50),
}
