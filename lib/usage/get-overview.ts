import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { resolveRange, usageRangeFields } from './usage-range.ts'
import { usageRows } from './usage-rows.ts'
import { addTotals, readTotals, type UsageSums, type UsageTotals, usageSums } from './usage-totals.ts'
import { usageDetailOf, usageFilterFields, whereUsage } from './where-usage.ts'

const schema = z.strictObject({ ...usageRangeFields, ...usageFilterFields })

export type GetOverviewInput = z.input<typeof schema>

export interface Overview {
  from: Date
  to: Date
  current: UsageTotals
  /** Of the span of the same length that ended where this one begins. */
  previous: UsageTotals
}

/** The figures of a span beside those of the one before. Who may not read all usage reads that of the own keys. */
export async function getOverview(member: Member, input: GetOverviewInput = {}): Promise<Overview> {
  authorize(member, 'requests.read_own')
  const { from, to, ...filter } = parseInput(schema, input)
  const range = resolveRange({ from, to })
  const before = new Date(2 * range.from.getTime() - range.to.getTime())
  return inTenant(member.organizationId, async (tx) => {
    const isPast = (hour: Prisma.Sql) => Prisma.sql`(${hour} < ${range.from}::timestamptz)`
    const span = { organizationId: member.organizationId, from: before, to: range.to, partOf: isPast }
    const whose = { detail: usageDetailOf(member, filter), where: whereUsage(member, filter) }
    const rows = await tx.$queryRaw<(UsageSums & { isPast: boolean })[]>`
      SELECT u.part AS "isPast", ${usageSums} FROM ${usageRows({ ...span, ...whose })} GROUP BY u.part`
    const totalsOf = (past: boolean) => addTotals(rows.filter((row) => row.isPast === past).map(readTotals))
    return { ...range, current: totalsOf(false), previous: totalsOf(true) }
  })
}
