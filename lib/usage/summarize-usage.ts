import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { dimensions } from './usage-dimensions.ts'
import { columnsOf, groupsOf, namesOf, placesOf, textsOf, type UsageGroups } from './usage-groups.ts'
import { resolveRange, usageRangeFields } from './usage-range.ts'
import { usageRows } from './usage-rows.ts'
import { addTotals, readTotals, sumNames, type UsageSums, type UsageTotals, usageSums } from './usage-totals.ts'
import { usageDetailOf, usageFilterFields, whereUsage } from './where-usage.ts'

const schema = z.strictObject({
  ...usageRangeFields,
  ...usageFilterFields,
  groupBy: z
    .array(z.enum(dimensions))
    .default([])
    .transform((list) => [...new Set(list)]),
  /** Missing: the whole span as one. */
  interval: z.enum(['hour', 'day', 'week', 'month']).nullable().default(null),
})

export type SummarizeUsageInput = z.input<typeof schema>

export interface UsageRow extends UsageTotals {
  /** When its interval begins, by the organization's time zone. */
  start: Date
  groups: UsageGroups
}

export interface UsageSummary {
  from: Date
  to: Date
  timeZone: string
  /** By time, then the dearest first. Intervals without a request have no row. */
  rows: UsageRow[]
  totals: UsageTotals
}

/** Sums of usage, read from the rollups. Who may not read all usage reads that of the own keys. */
export async function summarizeUsage(
  member: Member,
  input: SummarizeUsageInput = {},
  mostRows = 20_000,
): Promise<UsageSummary> {
  authorize(member, 'requests.read_own')
  const { from, to, groupBy, interval, ...filter } = parseInput(schema, input)
  const range = resolveRange({ from, to })
  const { organizationId: id } = member
  const whose = { detail: usageDetailOf(member, filter, groupBy), where: whereUsage(member, filter) }
  return inTenant(id, async (tx) => {
    const { timeZone } = await tx.organization.findUniqueOrThrow({ where: { id }, select: { timeZone: true } })
    const startOf = (hour: Prisma.Sql) =>
      interval
        ? Prisma.sql`date_trunc(${interval}, ${hour} AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}`
        : Prisma.sql`date_trunc('hour', ${range.from}::timestamptz)`
    const found = await tx.$queryRaw<(UsageSums & { start: Date } & Record<string, string | null>)[]>`
      SELECT g.* ${namesOf(groupBy)}
      FROM (
        SELECT start, ${sumNames} ${textsOf(groupBy)} FROM (
          SELECT u.part AS start, ${usageSums} ${columnsOf(groupBy, Prisma.raw('u'))}
          FROM ${usageRows({ organizationId: id, ...range, partOf: startOf, ...whose })}
          GROUP BY u.part ${placesOf(groupBy)}
        ) summed
      ) g
      ORDER BY g.start, g."costNanos" DESC, g.requests DESC ${placesOf(groupBy)}
      LIMIT ${mostRows + 1}`
    if (found.length > mostRows) {
      throw new StipendError('invalid_request_error', 'This gives too many rows. Shorten the span or group by less.')
    }
    const rows = found.map((row) => ({ start: row.start, groups: groupsOf(groupBy, row), ...readTotals(row) }))
    return { ...range, timeZone, rows, totals: addTotals(rows) }
  })
}
