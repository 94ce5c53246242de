import { authorize, type Member } from '../auth/member.ts'
import { localDateOf } from '../core/local-date-of.ts'
import type { Nanos } from '../core/money.ts'
import type { BudgetScope } from '../core/period.ts'
import { shiftDate } from '../core/shift-date.ts'
import { startOfDate } from '../core/start-of-date.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { usageRows } from '../usage/usage-rows.ts'
import { availableNanos, budgetStanding } from './budget-standing.ts'
import { forecastExhaustion } from './forecast-exhaustion.ts'

/** Whole days, for those are summed. */
const lookBackDays = 6
/** A pace of a few minutes says nothing about a month. */
const leastMs = 86_400_000

const columnOf = {
  organization: 'organization_id',
  project: 'project_id',
  member: 'membership_id',
  key: 'key_id',
} as const satisfies Record<BudgetScope, string>

interface Asked {
  timeZone: string
  isOfModels: boolean
  scopes: BudgetScope[]
  scopeIds: string[]
}

interface Pace {
  id: string
  availableNanos: Nanos
  resetsAt: Date | null
  recentNanos: Nanos
  since: Date
  now: Date
}

/**
 * By budget: when it is used up at the pace of today and the six days before. Those that last are not in it. Only of some
 * budgets where they are named: then only the usage that these bind is read.
 */
export async function forecastBudgets(member: Member, budgetIds?: readonly string[]): Promise<Map<string, Date>> {
  authorize(member, 'projects.read')
  const { organizationId } = member
  const isAsked = Prisma.sql`b.organization_id = ${organizationId}::uuid AND b.archived_at IS NULL
    AND ${budgetIds ? Prisma.sql`b.id = ANY (${budgetIds}::uuid[])` : Prisma.sql`true`}`
  return inTenant(organizationId, async (tx) => {
    const [asked] = await tx.$queryRaw<[Asked]>`
      SELECT o.time_zone AS "timeZone", coalesce(bool_or(b.model_id IS NOT NULL), false) AS "isOfModels",
        coalesce(array_agg(DISTINCT b.scope::text) FILTER (WHERE b.id IS NOT NULL), '{}') AS scopes,
        coalesce(array_agg(b.scope_id) FILTER (WHERE b.id IS NOT NULL), '{}') AS "scopeIds"
      FROM organizations o LEFT JOIN budgets b ON ${isAsked}
      WHERE o.id = ${organizationId}::uuid GROUP BY o.id`
    const { timeZone, isOfModels, scopes, scopeIds } = asked
    if (scopeIds.length === 0) return new Map()
    const bound = scopes.map((scope) => Prisma.sql`t.${Prisma.raw(columnOf[scope])} = ANY (${scopeIds}::uuid[])`)
    const usage = usageRows({
      organizationId,
      from: startOfDate(shiftDate(localDateOf(new Date(), timeZone), -lookBackDays), timeZone),
      to: null,
      // Models are told apart only where a budget does.
      detail: isOfModels ? 'all' : 'key',
      columns: Prisma.sql`t.project_id, t.membership_id, t.key_id, t.cost_nanos,
        ${isOfModels ? Prisma.sql`t.model_id` : Prisma.sql`NULL::uuid AS model_id`}`,
      where: budgetIds ? Prisma.sql`(${Prisma.join(bound, ' OR ')})` : Prisma.sql`true`,
    })
    const paces = await tx.$queryRaw<Pace[]>`
      WITH spent AS MATERIALIZED (
        SELECT project_id, membership_id, key_id, model_id, sum(cost_nanos) AS cost, min(hour) AS since
        FROM ${usage} GROUP BY project_id, membership_id, key_id, model_id
      ), paces AS MATERIALIZED (
        SELECT b.id, sum(s.cost)::bigint AS recent, min(s.since) AS since
        FROM budgets b
        JOIN (
          SELECT spent.*, of.scope, of.scope_id FROM spent CROSS JOIN LATERAL (
            VALUES ('organization'::budget_scope, ${organizationId}::uuid), ('project', project_id), ('member', membership_id), ('key', key_id)
          ) AS of (scope, scope_id)
        ) s ON s.scope = b.scope AND s.scope_id = b.scope_id
          AND (b.model_id IS NULL OR s.model_id = b.model_id)
          AND (b.tag IS NULL OR EXISTS (SELECT FROM keys k WHERE k.id = s.key_id AND b.tag = ANY (k.tags)))
        WHERE ${isAsked}
        GROUP BY b.id
      )
      SELECT b.id, standing.available AS "availableNanos", standing.resets_at AS "resetsAt",
        coalesce(p.recent, 0) AS "recentNanos", coalesce(p.since, now()) AS since, now() AS now
      FROM budgets b JOIN organizations o ON o.id = b.organization_id
      ${budgetStanding}
      LEFT JOIN paces p ON p.id = b.id
      CROSS JOIN LATERAL (SELECT ${availableNanos} AS available, period_end_of(b.period, o.time_zone) AS resets_at) standing
      -- Those that last for certain are not even told; which of the others do is reckoned in one place, and not here.
      WHERE ${isAsked} AND (standing.available = 0 OR p.recent > 0 AND (standing.resets_at IS NULL OR
        standing.available::numeric * greatest(${leastMs}, extract(epoch FROM now() - p.since) * 1000)
          <= p.recent::numeric * (extract(epoch FROM standing.resets_at - now()) * 1000 + 1000)))`
    const found = new Map<string, Date>()
    for (const { id, since, ...pace } of paces) {
      const recentMs = Math.max(leastMs, pace.now.getTime() - since.getTime())
      const usedUpAt = forecastExhaustion({ ...pace, recentMs })
      if (usedUpAt) found.set(id, usedUpAt)
    }
    return found
  })
}
