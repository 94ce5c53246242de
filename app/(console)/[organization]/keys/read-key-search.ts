import type { KeySort, KeySorting } from '#components/keys/keys-table.tsx'
import { idSchema } from '#lib/core/ids.ts'
import { type KeyStatus, keyStatuses } from '#lib/keys/key-view.ts'
import type { ListKeysInput } from '#lib/keys/list-keys.ts'

/** What the URL of the list may say. */
export type KeySearch = Partial<Record<'q' | 'status' | 'project' | 'sort' | 'direction' | 'cursor', string>>

interface ReadKeySearch {
  input: ListKeysInput
  isFiltered: boolean
  /** The URL that sorts by a column: downwards first, names upwards first, and turned round by a second press. */
  sorting: KeySorting
  /** Of the list as it is, from its beginning. */
  href: string
}

const sorts = ['name', 'spent', 'last_used'] as const

/** Reads the URL; what it says wrongly is as if it were not said. */
export function readKeySearch(path: string, search: KeySearch): ReadKeySearch {
  const status = keyStatuses.find((candidate): candidate is KeyStatus => candidate === search.status)
  const projectId = idSchema.safeParse(search.project).success ? search.project : undefined
  const sort = sorts.find((candidate) => candidate === search.sort)
  const direction = search.direction === 'asc' ? 'asc' : 'desc'
  const hrefOf = (changes: KeySearch) => {
    const { cursor: _, ...kept } = search
    const next = new URLSearchParams(
      Object.entries({ ...kept, ...changes }).filter((entry): entry is [string, string] => Boolean(entry[1])),
    )
    return next.size ? `${path}?${next}` : path
  }
  const sortBy = (column: KeySort): KeySorting[KeySort] => {
    const active = column === sort
    const turned = direction === 'asc' ? 'desc' : 'asc'
    const first = column === 'name' ? 'asc' : 'desc'
    return {
      href: hrefOf({ sort: column, direction: active ? turned : first }),
      direction: active ? (direction === 'asc' ? 'ascending' : 'descending') : null,
    }
  }
  return {
    input: {
      search: search.q?.slice(0, 100),
      status,
      projectId,
      ...(sort && { sort, direction }),
      cursor: search.cursor,
    },
    isFiltered: Boolean(search.q || status || projectId),
    sorting: Object.fromEntries(sorts.map((column) => [column, sortBy(column)])) as KeySorting,
    href: hrefOf({}),
  }
}
