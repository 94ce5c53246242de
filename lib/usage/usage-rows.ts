import { Prisma } from '../db/generated/client.ts'
import { type UsageSpan, wholeDays } from './whole-days.ts'

/** Only models and providers, only projects, only keys and whose they are, or all that usage_hours has: the less, the fewer the rows. */
export type UsageDetail = 'model' | 'project' | 'key' | 'all'

interface UsageSelection {
  organizationId: string
  /** What it leaves out are no columns of the rows either, so that nothing can be asked of them. */
  detail: UsageDetail
  /** Whose usage: sees the rows of every table as t. */
  where?: Prisma.Sql
  /** What of t to read; else all that the detail has. */
  columns?: Prisma.Sql
  /** Also `part`, and `side` where there are sides. */
  isByPart: boolean
  isBySide?: boolean
}

/**
 * The usage of a span as u, with the columns of usage_hours: its whole weeks and days from their sums, `hour` being their
 * first, and all else by the hour. What is read adds up to the same as the hours alone, at every moment.
 */
export function usageRows({
  detail,
  where,
  columns,
  ...span
}: UsageSpan & Omit<UsageSelection, 'isByPart'>): Prisma.Sql {
  const selection = {
    organizationId: span.organizationId,
    detail,
    isByPart: span.partOf !== undefined,
    ...(where && { where }),
    ...(columns && { columns }),
  }
  return Prisma.sql`(WITH ${wholeDays(span)} ${wholeRows(selection)} UNION ALL ${gapRows(selection)}) u`
}

/** The rows of whole weeks and days. */
export function wholeRows(selection: UsageSelection): Prisma.Sql {
  const { days, weeks } = sources[selection.detail]
  if (!weeks) return spanRows(selection, Prisma.sql`whole`, 'day', days)
  const rest = Prisma.sql`(SELECT * FROM whole WHERE week IS NULL OR week NOT IN (SELECT week FROM whole_weeks))`
  return Prisma.sql`${spanRows(selection, Prisma.sql`whole_weeks`, 'week', weeks)}
    UNION ALL ${spanRows(selection, rest, 'day', days)}`
}

/** Each span is found by the index, whatever the planner thinks of how many there are: hence OFFSET. */
function spanRows(
  {
    organizationId,
    detail,
    where = Prisma.sql`true`,
    columns = sources[detail].columns,
    isByPart,
    isBySide,
  }: UsageSelection,
  spans: Prisma.Sql,
  start: 'week' | 'day',
  table: Prisma.Sql,
): Prisma.Sql {
  const first = Prisma.raw(`t.${start}`)
  const isOf = Prisma.sql`t.organization_id = ${organizationId}::uuid AND ${where}`
  return Prisma.sql`
    SELECT span.${Prisma.raw(start)} AS hour ${Prisma.raw(`${isByPart ? ', span.part' : ''}${isBySide ? ', span.side' : ''}`)}, d.*
    FROM ${spans} span CROSS JOIN LATERAL (
      SELECT ${columns} FROM ${table} t WHERE ${isOf} AND ${first} = span.${Prisma.raw(start)} OFFSET 0
    ) d`
}

/** The rows of what lies between them, by the hour. */
export function gapRows({
  organizationId,
  detail,
  where = Prisma.sql`true`,
  columns,
  isByPart,
  isBySide = false,
}: UsageSelection): Prisma.Sql {
  const ofGap = isByPart ? Prisma.sql`t.hour = gap.hour` : Prisma.sql`t.hour >= gap.begins_at AND t.hour < gap.ends_at`
  return Prisma.sql`
    SELECT ${Prisma.raw(isByPart ? `gap.hour, gap.part, ${isBySide ? 'gap.side, ' : ''}d.*` : 'd.*')} FROM ${Prisma.raw(isByPart ? 'gap_hours' : 'gaps')} gap
    CROSS JOIN LATERAL (
      SELECT ${isByPart ? Prisma.empty : Prisma.sql`t.hour,`} ${columns ?? sources[detail].columns} FROM usage_hours t
      WHERE t.organization_id = ${organizationId}::uuid AND ${ofGap} AND ${where}
      OFFSET 0
    ) d`
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
  Prisma.raw(['organization_id', 'outcome', ...names, ...sums].map((name) => `t.${name}`).join(', '))

const sources = {
  all: {
    days: Prisma.sql`usage_days`,
    weeks: null,
    columns: columnsOf('project_id', 'membership_id', 'key_id', 'model_id', 'provider_id'),
  },
  key: {
    days: Prisma.sql`usage_days`,
    weeks: Prisma.sql`usage_weeks_by_key`,
    columns: columnsOf('project_id', 'membership_id', 'key_id'),
  },
  model: { days: Prisma.sql`usage_days_by_model`, weeks: null, columns: columnsOf('model_id', 'provider_id') },
  project: { days: Prisma.sql`usage_days_by_project`, weeks: null, columns: columnsOf('project_id') },
} as const
