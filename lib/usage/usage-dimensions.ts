import { Prisma } from '../db/generated/client.ts'

interface UsageDimension {
  /** Of u (as of `usageRows`). */
  column: Prisma.Sql
  /** The name for the grouped value, which is text and the column of this dimension's name in g. */
  name: Prisma.Sql
}

/** What usage can be grouped by. */
export const usageDimensions = {
  key: { column: Prisma.sql`u.key_id`, name: Prisma.sql`SELECT name FROM keys WHERE id = g.key::uuid` },
  model: { column: Prisma.sql`u.model_id`, name: Prisma.sql`SELECT name FROM models WHERE id = g.model::uuid` },
  project: { column: Prisma.sql`u.project_id`, name: Prisma.sql`SELECT name FROM projects WHERE id = g.project::uuid` },
  member: {
    column: Prisma.sql`u.membership_id`,
    name: Prisma.sql`SELECT p.name FROM memberships s JOIN users p ON p.id = s.user_id WHERE s.id = g.member::uuid`,
  },
  provider: {
    column: Prisma.sql`u.provider_id`,
    name: Prisma.sql`SELECT name FROM providers WHERE id = g.provider::uuid`,
  },
  outcome: { column: Prisma.sql`u.outcome`, name: Prisma.sql`SELECT g.outcome` },
} as const satisfies Record<string, UsageDimension>

export type Dimension = keyof typeof usageDimensions

export const dimensions = Object.keys(usageDimensions) as [Dimension, ...Dimension[]]
