import { Prisma } from '../db/generated/client.ts'
import { type Dimension, usageDimensions } from './usage-dimensions.ts'

/** What a row is grouped by; `id` null: none, for example a key without a member. */
export interface UsageGroup {
  id: string | null
  name: string | null
}

export type UsageGroups = Partial<Record<Dimension, UsageGroup>>

// In the rollups the nil UUID stands for none.
const none = Prisma.sql`'00000000-0000-0000-0000-000000000000'`

/** The grouped values of a row of usage, each a column called as its dimension. Begins with a comma. */
export function columnsOf(groupBy: readonly Dimension[], row = Prisma.raw('t')): Prisma.Sql {
  return commaBefore(
    groupBy.map((name) => Prisma.sql`${row}.${Prisma.raw(usageDimensions[name].column)} AS ${Prisma.raw(name)}`),
  )
}

/** Those columns as text, null for none: once they are grouped, for grouping text is slow. Begins with a comma. */
export function textsOf(groupBy: readonly Dimension[]): Prisma.Sql {
  return commaBefore(
    groupBy.map((name) => Prisma.sql`nullif(${Prisma.raw(name)}::text, ${none}) AS ${Prisma.raw(name)}`),
  )
}

/** The names of those columns, for GROUP BY and the like. Begins with a comma. */
export function placesOf(groupBy: readonly Dimension[]): Prisma.Sql {
  return commaBefore(groupBy.map((name) => Prisma.raw(name)))
}

/** The same without the comma. */
export function listOf(groupBy: readonly Dimension[]): Prisma.Sql {
  return Prisma.raw(groupBy.join(', '))
}

/** A condition on t, a row of usage: each of its values is one of those that such columns of a relation have. */
export function amongOf(groupBy: readonly Dimension[], relation: string): Prisma.Sql {
  const conditions = groupBy.map((name) => {
    const list = Prisma.raw(`(SELECT ${name} FROM ${relation})`)
    return Prisma.sql`t.${Prisma.raw(usageDimensions[name].column)} = ANY (ARRAY${list})`
  })
  return Prisma.join(conditions, ' AND ')
}

/** What people call the grouped values of g, each a column `<dimension>_name`. Begins with a comma. */
export function namesOf(groupBy: readonly Dimension[]): Prisma.Sql {
  return commaBefore(
    groupBy.map((name) => Prisma.sql`(${usageDimensions[name].name}) AS ${Prisma.raw(`${name}_name`)}`),
  )
}

export function groupsOf(groupBy: readonly Dimension[], row: Record<string, unknown>): UsageGroups {
  return Object.fromEntries(groupBy.map((name) => [name, { id: row[name], name: row[`${name}_name`] }])) as UsageGroups
}

function commaBefore(list: Prisma.Sql[]): Prisma.Sql {
  return list.length ? Prisma.sql`, ${Prisma.join(list)}` : Prisma.empty
}
