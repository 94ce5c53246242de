import { z } from 'zod'
import { StipendError } from './errors.ts'

/** The sort value and id of the last row that was seen. */
type Place = [value: string, id: string]

const placeSchema = z.tuple([z.string().max(300), z.uuid()])

/** Where the next page of a list begins. Opaque to callers. */
export function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** Throws `invalid_request_error` for anything that no list sorted like this one gave out. */
export function decodeCursor(cursor: string, isValue: (value: string) => boolean): Place {
  const place = placeSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (place.success && isValue(place.data[0])) return place.data
  throw new StipendError('invalid_request_error', 'Pass the next_cursor of an earlier page, or none to begin.', {
    param: 'cursor',
  })
}

/** For lists that are sorted by time. */
export function isTime(value: string): boolean {
  return !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
