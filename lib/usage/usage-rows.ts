import { Prisma } from '../db/generated/client.ts'
import { type UsageSpan, wholeDays } from './whole-days.ts'

/** Only models and providers, only projects, or all that usage_hours has: the less, the fewer the rows. */
export type UsageDetail = 'model' | 'project' | 'all'

interface UsageSource extends UsageSpan {
  /** What it leaves out are no columns of u either, so that nothing can be asked of them. */
  detail: UsageDetail
}

/** What the join says already; but of a join it is not known beforehand how few rows it leaves. */
function isWithin({ from, to }: UsageSpan): Prisma.Sql {
  return Prisma.sql`${from ? Prisma.sql`AND d.day >= ${from}::timestamptz` : Prisma.empty}
    ${to ? Prisma.sql`AND d.day < ${to}::timestamptz` : Prisma.empty}`
}

/**
 * The usage of a span as u, with the columns of usage_hours: its whole days from their sums, `hour` being their first, and
 * all else by the hour. What is read adds up to the same as the hours alone, at every moment.
 */
export function usageRows({ detail, ...span }: UsageSource): Prisma.Sql {
  const organization = Prisma.sql`${span.organizationId}::uuid`
  const { table, columns } = sources[detail]
  const part = (of: string) => (span.partOf ? Prisma.raw(`, ${of}.part`) : Prisma.empty)
  // By the index for each gap or hour of it, never all hours for all gaps: hence OFFSET.
  const gapRows = span.partOf
    ? Prisma.sql`gap_hours CROSS JOIN LATERAL (
        SELECT * FROM usage_hours h WHERE h.organization_id = ${organization} AND h.hour = gap_hours.hour OFFSET 0
      ) d`
    : Prisma.sql`gaps CROSS JOIN LATERAL (
        SELECT * FROM usage_hours h
        WHERE h.organization_id = ${organization} AND h.hour >= gaps.begins_at AND h.hour < gaps.ends_at
        OFFSET 0
      ) d`
  return Prisma.sql`(
    WITH ${wholeDays(span)}
    SELECT d.day AS hour, ${columns} ${part('whole')}
    FROM whole JOIN ${table} d ON d.organization_id = ${organization} AND d.day = whole.day ${isWithin(span)}
    UNION ALL
    SELECT d.hour, ${columns} ${part('gap_hours')} FROM ${gapRows}
  ) u`
}

const sums = [
  'requests',
  'input_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_nanos',
  'latency_ms',
]
const columnsOf = (...names: string[]) =>
  Prisma.raw(['organization_id', 'outcome', ...names, ...sums].map((name) => `d.${name}`).join(', '))

const sources = {
  all: {
    table: Prisma.raw('usage_days'),
    columns: columnsOf('project_id', 'membership_id', 'key_id', 'model_id', 'provider_id'),
  },
  model: { table: Prisma.raw('usage_days_by_model'), columns: columnsOf('model_id', 'provider_id') },
  project: { table: Prisma.raw('usage_days_by_project'), columns: columnsOf('project_id') },
} as const
