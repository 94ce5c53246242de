import type { Drop } from './hub.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Fields that no other dialect knows are left out, and said to be: a caller may well send what only some vendors heed.
 * `path` is where they stand; what is empty says nothing.
 */
export function dropUnknown(fields: Fields, known: ReadonlySet<string>, drop: Drop, path?: string): void {
  for (const field of Object.keys(fields)) {
    const value = fields[field]
    if (known.has(field) || value == null || (Array.isArray(value) && value.length === 0)) continue
    drop(path === undefined ? field : `${path}.${field}`)
  }
}
