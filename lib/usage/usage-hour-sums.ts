import { Prisma } from '../db/generated/client.ts'
import { type UsageSpan, wholeDays } from './whole-days.ts'

/** What the organization has used by the hour as u: hour, requests and cost_nanos; of some hours several. */
export function usageHourSums(span: UsageSpan): Prisma.Sql {
  const organization = Prisma.sql`${span.organizationId}::uuid`
  return Prisma.sql`(
    WITH ${wholeDays({ ...span, isByHour: true })}
    SELECT whole.day + (t.place - 1) * interval '1 hour' AS hour, t.requests, t.cost_nanos
    FROM whole CROSS JOIN LATERAL unnest(whole.hour_requests, whole.hour_cost_nanos) WITH ORDINALITY
      AS t (requests, cost_nanos, place)
    UNION ALL
    SELECT h.* FROM gaps CROSS JOIN LATERAL (
      SELECT h.hour, sum(h.requests)::bigint AS requests, sum(h.cost_nanos)::bigint AS cost_nanos FROM usage_hours h
      WHERE h.organization_id = ${organization} AND h.hour >= gaps.begins_at AND h.hour < gaps.ends_at
      GROUP BY h.hour
    ) h
  ) u`
}
