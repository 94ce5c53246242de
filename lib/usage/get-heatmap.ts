import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import type { Nanos } from '../core/money.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { usageHourSums } from './usage-hour-sums.ts'
import { resolveRange, usageRangeFields } from './usage-range.ts'
import { whereUsage } from './where-usage.ts'

const schema = z.strictObject(usageRangeFields)

export type GetHeatmapInput = z.input<typeof schema>

/** What one hour of one day of the week has seen. */
export interface HeatmapCell {
  /** 1 is Monday, 7 is Sunday. */
  weekday: number
  /** 0 to 23, by the organization's clock. */
  hour: number
  requests: number
  costNanos: Nanos
}

/** When in the week the organization works: hours without a request have no cell. */
export async function getHeatmap(member: Member, input: GetHeatmapInput = {}): Promise<HeatmapCell[]> {
  authorize(member, 'requests.read_own')
  const { from, to } = resolveRange(parseInput(schema, input))
  const { organizationId: id } = member
  // Sums of whole hours are kept of the organization alone.
  const source = roleMay(member.role, 'usage.read')
    ? usageHourSums({ organizationId: id, from, to })
    : Prisma.sql`(
        SELECT * FROM usage_hours t
        WHERE ${whereUsage(member, {})} AND t.hour >= ${from}::timestamptz AND t.hour < ${to}::timestamptz
      ) u`
  return inTenant(id, async (tx) => {
    const { timeZone } = await tx.organization.findUniqueOrThrow({ where: { id }, select: { timeZone: true } })
    const rows = await tx.$queryRaw<{ weekday: number; hour: number; requests: bigint; costNanos: Nanos }[]>`
      SELECT extract(isodow FROM h.at)::int AS weekday, extract(hour FROM h.at)::int AS hour,
        sum(h.requests)::bigint AS requests, sum(h.cost)::bigint AS "costNanos"
      FROM (
        SELECT u.hour AT TIME ZONE ${timeZone} AS at, sum(u.requests) AS requests, sum(u.cost_nanos) AS cost
        FROM ${source} GROUP BY u.hour
      ) h
      GROUP BY weekday, extract(hour FROM h.at)
      HAVING sum(h.requests) > 0
      ORDER BY weekday, 2`
    return rows.map((row) => ({ ...row, requests: Number(row.requests) }))
  })
}
