import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { resolveRange, usageRangeFields } from './usage-range.ts'
import { usageRows } from './usage-rows.ts'
import { addTotals, readTotals, type UsageSums, type UsageTotals, usageSums } from './usage-totals.ts'
import { usageDetailOf, usageFilterFields, whereUsage } from './where-usage.ts'

const schema = z.strictObject({
  ...usageRangeFields,
  ...usageFilterFields,
  /** Of the bars; missing: one for the whole span. */
  interval: z.enum(['hour', 'day']).nullable().default(null),
})

export type GetOverviewInput = z.input<typeof schema>

export interface OverviewBar extends UsageTotals {
  /** When it begins, by the organization's time zone. */
  start: Date
}

export interface Overview {
  from: Date
  to: Date
  current: UsageTotals
  /** What the current figures are the sum of, by time. Intervals without a request have no bar. */
  bars: OverviewBar[]
  /** Of the span of the same length that ended where this one begins. */
  previous: UsageTotals
}

/** Stands for all of the time before: no interval begins there. */
const past = new Date(-1)

/** The figures of a span beside those of the one before. Who may not read all usage reads that of the own keys. */
export async function getOverview(member: Member, input: GetOverviewInput = {}): Promise<Overview> {
  authorize(member, 'requests.read_own')
  const { from, to, interval, ...filter } = parseInput(schema, input)
  const range = resolveRange({ from, to })
  const before = new Date(2 * range.from.getTime() - range.to.getTime())
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const { timeZone } = await tx.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { timeZone: true },
    })
    const startOf = (hour: Prisma.Sql) =>
      interval
        ? Prisma.sql`date_trunc(${interval}, ${hour} AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}`
        : Prisma.sql`${range.from}::timestamptz`
    const partOf = (hour: Prisma.Sql) => Prisma.sql`
      CASE WHEN ${hour} < ${range.from}::timestamptz THEN ${past}::timestamptz ELSE ${startOf(hour)} END`
    const whose = { detail: usageDetailOf(member, filter), where: whereUsage(member, filter) }
    const rows = await tx.$queryRaw<(UsageSums & { start: Date })[]>`
      SELECT u.part AS start, ${usageSums} FROM ${usageRows({ organizationId, from: before, to: range.to, partOf, ...whose })}
      GROUP BY u.part ORDER BY u.part`
    const isPast = ({ start }: { start: Date }) => start.getTime() === past.getTime()
    const bars = rows.filter((row) => !isPast(row)).map((row) => ({ start: row.start, ...readTotals(row) }))
    return { ...range, current: addTotals(bars), bars, previous: addTotals(rows.filter(isPast).map(readTotals)) }
  })
}
