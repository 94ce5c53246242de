import { Prisma } from '../db/generated/client.ts'

/**
 * Where a budget stands now, for a query that has b (budgets) and o (its organization): n is the counter of its period, and
 * `raised` its limit with what raises add just now. A period whose first request has not come yet has no counter.
 */
export const budgetStanding = Prisma.sql`
  LEFT JOIN budget_counters n ON n.budget_id = b.id AND n.period_start = period_start_of(b.period, o.time_zone)
  CROSS JOIN LATERAL (
    SELECT b.limit_nanos + coalesce(sum(r.amount_nanos), 0)::bigint AS limit_nanos, min(r.until) AS until
    FROM budget_raises r WHERE r.budget_id = b.id AND r.ended_at IS NULL AND r.until > now()
  ) raised`

/** What it can still pay for. */
export const availableNanos = Prisma.sql`
  greatest(raised.limit_nanos - coalesce(n.spent_nanos, 0) - coalesce(n.reserved_nanos, 0), 0)`
