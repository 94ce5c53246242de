import type { Drop } from './hub.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Fields that no other dialect knows are left out, and said to be: a caller may well send what only some vendors heed.
 * `path` is where they stand, `plain` how the dialect spells a name that it takes in several ways; null says nothing.
 */
export function dropUnknown(
  fields: Fields,
  known: ReadonlySet<string>,
  drop: Drop,
  path: string | null = null,
  plain: (name: string) => string = (name) => name,
): void {
  for (const field of Object.keys(fields)) {
    if (known.has(plain(field)) || fields[field] == null) continue
    drop(path === null ? field : `${path}.${field}`)
  }
}
