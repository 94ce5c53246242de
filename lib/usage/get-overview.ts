import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { resolveRange, usageRangeFields } from './usage-range.ts'
import { usageRows } from './usage-rows.ts'
import { readTotals, type UsageSums, type UsageTotals, usageSums } from './usage-totals.ts'
import { usageFilterFields, whereUsage } from './where-usage.ts'

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
    const sum = async (begin: Date, end: Date) => {
      const [sums] = await tx.$queryRaw<UsageSums[]>`
        SELECT ${usageSums} FROM ${usageRows({ organizationId: member.organizationId, from: begin, to: end })}
        WHERE ${whereUsage(member, filter, begin, end)}`
      return readTotals(sums!)
    }
    return { ...range, current: await sum(range.from, range.to), previous: await sum(before, range.from) }
  })
}
