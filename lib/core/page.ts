import { z } from 'zod'

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  rows: T[]
  nextCursor: string | null
}

/** What every list takes. */
export const pageFields = {
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(50),
}
