import type { Drop } from './hub.ts'

/** Fields that no other dialect knows are left out, and said to be: a caller may well send what only some vendors heed. */
export function dropUnknown(body: Readonly<Record<string, unknown>>, known: ReadonlySet<string>, drop: Drop): void {
  for (const field of Object.keys(body)) if (!known.has(field) && body[field] !== null) drop(field)
}
