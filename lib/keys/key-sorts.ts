import { isTime } from '../core/cursor.ts'
import { Prisma } from '../db/generated/client.ts'
import type { KeySummary } from './key-view.ts'

interface KeySort {
  /** Of `row`, never null. */
  column: Prisma.Sql
  /** Whether a cursor of this sort can hold the value … */
  isValue(value: string): boolean
  /** … and the column's like of it. */
  bound(value: string): Prisma.Sql
  valueOf(key: KeySummary): string
}

/** What a list of keys can be sorted by. */
export const keySorts = {
  created: {
    column: Prisma.sql`row."createdAt"`,
    isValue: isTime,
    bound: (value) => Prisma.sql`${value}::timestamptz`,
    valueOf: (key) => key.createdAt.toISOString(),
  },
  name: {
    column: Prisma.sql`lower(row.name)`,
    isValue: () => true,
    bound: (value) => Prisma.sql`lower(${value})`,
    valueOf: (key) => key.name,
  },
  spent: {
    column: Prisma.sql`row."spentNanos"`,
    isValue: (value) => /^\d{1,18}$/.test(value),
    bound: (value) => Prisma.sql`${value}::bigint`,
    valueOf: (key) => key.spentNanos.toString(),
  },
  last_used: {
    column: Prisma.sql`coalesce(row."lastUsedAt", 'epoch')`,
    isValue: isTime,
    bound: (value) => Prisma.sql`${value}::timestamptz`,
    valueOf: (key) => (key.lastUsedAt ?? new Date(0)).toISOString(),
  },
} as const satisfies Record<string, KeySort>
