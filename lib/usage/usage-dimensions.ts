import { Prisma } from '../db/generated/client.ts'

interface UsageDimension {
  /** Of every table of usage. */
  column: string
  /** The name for the grouped value, which is text and the column of this dimension's name in g. */
  name: Prisma.Sql
}

/** What usage can be grouped by. */
export const usageDimensions = {
  key: { column: 'key_id', name: Prisma.sql`SELECT name FROM keys WHERE id = g.key::uuid` },
  model: { column: 'model_id', name: Prisma.sql`SELECT name FROM models WHERE id = g.model::uuid` },
  project: { column: 'project_id', name: Prisma.sql`SELECT name FROM projects WHERE id = g.project::uuid` },
  member: {
    column: 'membership_id',
    name: Prisma.sql`SELECT p.name FROM memberships s JOIN users p ON p.id = s.user_id WHERE s.id = g.member::uuid`,
  },
  provider: {
    column: 'provider_id',
    name: Prisma.sql`SELECT name FROM providers WHERE id = g.provider::uuid`,
  },
  outcome: { column: 'outcome', name: Prisma.sql`SELECT g.outcome` },
} as const satisfies Record<string, UsageDimension>

export type Dimension = keyof typeof usageDimensions

export const dimensions = Object.keys(usageDimensions) as [Dimension, ...Dimension[]]
