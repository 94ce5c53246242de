import { z } from 'zod'
import { decodeCursor, encodeCursor } from '../core/cursor.ts'
import { type Page, pageFields } from '../core/page.ts'
import { parseInput } from '../core/parse-input.ts'

const schema = z.strictObject(pageFields)

/** A page of a list that is read whole because it is short. Its cursor names the last row that was seen. */
export function pageOfList<T extends { id: string }>(rows: T[], query: z.input<typeof schema>): Page<T> {
  const { cursor, limit } = parseInput(schema, query)
  const seen = cursor === undefined ? null : decodeCursor(cursor, (value) => value === '')[1]
  const begin = rows.findIndex((row) => row.id === seen) + 1
  const page = rows.slice(begin, begin + limit)
  const last = page.at(-1)
  return { rows: page, nextCursor: last && begin + limit < rows.length ? encodeCursor(['', last.id]) : null }
}
