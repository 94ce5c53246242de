import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import type { Nanos } from '../core/money.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { resolveRange, usageRangeFields } from './usage-range.ts'
import { usageRows } from './usage-rows.ts'
import { whereUsage } from './where-usage.ts'

const schema = z.strictObject({ ...usageRangeFields, limit: z.int().min(1).max(50) })

export type ListTopKeysInput = z.input<typeof schema>

export interface TopKey {
  id: string
  /** Null: it is not there any more. */
  name: string | null
  costNanos: Nanos
}

/** The keys that have cost the most in a span, that first; none that has cost nothing. */
export async function listTopKeys(member: Member, input: ListTopKeysInput): Promise<TopKey[]> {
  authorize(member, 'requests.read_own')
  const { limit, ...span } = parseInput(schema, input)
  const { organizationId } = member
  const usage = usageRows({
    organizationId,
    ...resolveRange(span),
    detail: 'key',
    where: whereUsage(member, {}),
    columns: Prisma.sql`t.key_id, t.cost_nanos`,
  })
  return inTenant(
    organizationId,
    (tx) => tx.$queryRaw<TopKey[]>`
      SELECT top.key_id AS id, k.name, top.cost AS "costNanos"
      FROM (
        SELECT key_id, sum(cost_nanos)::bigint AS cost FROM ${usage} GROUP BY key_id HAVING sum(cost_nanos) > 0
        ORDER BY cost DESC, key_id LIMIT ${limit}
      ) top
      LEFT JOIN keys k ON k.organization_id = ${organizationId}::uuid AND k.id = top.key_id
      ORDER BY top.cost DESC, top.key_id`,
  )
}
