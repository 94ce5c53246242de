import { Prisma } from '../db/generated/client.ts'
import { type UsageSpan, wholeDays } from './whole-days.ts'

/**
 * The usage of a span as u, with the columns of usage_hours: its whole days from their sums, `hour` being their first, and
 * all else by the hour. What is read adds up to the same as the hours alone, at every moment.
 */
export function usageRows(span: UsageSpan): Prisma.Sql {
  const organization = Prisma.sql`${span.organizationId}::uuid`
  return Prisma.sql`(
    WITH ${wholeDays(span)}
    SELECT d.day AS hour, ${columns}
    FROM whole JOIN usage_days d ON d.organization_id = ${organization} AND d.day = whole.day
    UNION ALL
    SELECT d.hour, ${columns} FROM gaps CROSS JOIN LATERAL (
      SELECT * FROM usage_hours h
      WHERE h.organization_id = ${organization} AND h.hour >= gaps.begins_at AND h.hour < gaps.ends_at
      OFFSET 0 -- by the index for each gap, never all hours for all gaps
    ) d
  ) u`
}

const columns = Prisma.raw(
  [
    'organization_id',
    'project_id',
    'membership_id',
    'key_id',
    'model_id',
    'provider_id',
    'outcome',
    'requests',
    'input_tokens',
    'cached_tokens',
    'cache_write_tokens',
    'output_tokens',
    'reasoning_tokens',
    'cost_nanos',
    'latency_ms',
  ]
    .map((name) => `d.${name}`)
    .join(', '),
)
