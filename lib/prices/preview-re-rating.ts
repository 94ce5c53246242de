import { authorize, type Member } from '../auth/member.ts'
import type { Nanos } from '../core/money.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { checkReRating } from './check-re-rating.ts'
import { type RatedRequest, rateAgain } from './rate-again.ts'
import { type ReRatingInput, reRatingSchema } from './re-rating-fields.ts'
import type { ReRatedBudget, ReRatingPreview, ReRatingShare } from './re-rating-view.ts'
import { unitsInForce } from './units-in-force.ts'

/** What a re-rating would do; nothing is changed. */
export async function previewReRating(member: Member, input: ReRatingInput): Promise<ReRatingPreview> {
  authorize(member, 'models.change')
  const { modelId, deploymentId, from, to, units, ...rates } = parseInput(reRatingSchema, input)
  const { organizationId } = member
  const price = await inTenant(organizationId, async (tx) => {
    await checkReRating(tx, organizationId, { modelId, deploymentId, from, to })
    return { ...rates, units: units ?? (await unitsInForce(tx, organizationId, { modelId, deploymentId, to })) }
  })
  const keys = new Map<string, ReRatingShare>()
  const projects = new Map<string, ReRatingShare>()
  const counters = new Map<string, Nanos>()
  const sum = { requests: 0, leftAlone: 0, oldNanos: 0n, newNanos: 0n }
  for await (const page of rateAgain({ organizationId, modelId, deploymentId, from, to, priceId: null }, price)) {
    const rated = page.flatMap(({ newNanos, ...row }) => (newNanos === null ? [] : [{ ...row, newNanos }]))
    sum.leftAlone += page.length - rated.length
    for (const row of rated) {
      add(sum, row)
      add(shareOf(keys, row.keyId), row)
      add(shareOf(projects, row.projectId), row)
    }
    for (const [id, change] of await changesOf(organizationId, rated)) {
      counters.set(id, (counters.get(id) ?? 0n) + change)
    }
  }
  return inTenant(organizationId, async (tx) => {
    const named = async (shares: Map<string, ReRatingShare>, table: 'key' | 'project') => {
      const where = { organizationId, id: { in: [...shares.keys()] } }
      const select = { id: true, name: true }
      const rows =
        table === 'key' ? await tx.key.findMany({ where, select }) : await tx.project.findMany({ where, select })
      for (const { id, name } of rows) shares.get(id)!.name = name
      return [...shares.values()].toSorted((a, b) => Number(magnitude(b) - magnitude(a)))
    }
    const budgets = await tx.$queryRaw<ReRatedBudget[]>`
      SELECT b.id AS "budgetId", b.scope::text AS scope, coalesce(p.name, k.name, u.name, o.name) AS "scopeName",
        b.period::text AS period, limit_of(n.limit_nanos, n.raise_amounts, n.raise_ends) AS "limitNanos",
        n.spent_nanos AS "spentNanos", n.spent_nanos + t.change AS "newSpentNanos",
        n.spent_nanos < limit_of(n.limit_nanos, n.raise_amounts, n.raise_ends)
          AND n.spent_nanos + t.change >= limit_of(n.limit_nanos, n.raise_amounts, n.raise_ends) AS "goesOver"
      FROM unnest(${[...counters.keys()]}::bigint[], ${[...counters.values()]}::bigint[]) AS t (id, change)
      JOIN budget_counters n ON n.id = t.id
      JOIN budgets b ON b.id = n.budget_id AND b.archived_at IS NULL
      JOIN organizations o ON o.id = b.organization_id AND n.period_start = period_start_of(b.period, o.time_zone)
      LEFT JOIN projects p ON b.scope = 'project' AND p.id = b.scope_id
      LEFT JOIN keys k ON b.scope = 'key' AND k.id = b.scope_id
      LEFT JOIN memberships s ON b.scope = 'member' AND s.id = b.scope_id
      LEFT JOIN users u ON u.id = s.user_id
      WHERE t.change <> 0
      ORDER BY "goesOver" DESC, b.scope, "scopeName", b.period
      LIMIT 500`
    return { ...sum, keys: await named(keys, 'key'), projects: await named(projects, 'project'), budgets }
  })
}

type Rated = RatedRequest & { newNanos: Nanos }

/** By how much each counter would move. */
async function changesOf(organizationId: string, rated: Rated[]): Promise<[string, Nanos][]> {
  const changed = rated.filter(({ oldNanos, newNanos }) => oldNanos !== newNanos)
  if (changed.length === 0) return []
  const rows = await inTenant(
    organizationId,
    (tx) => tx.$queryRaw<{ id: string; change: Nanos }[]>`
      SELECT counter_id::text AS id, sum(t.change)::bigint AS change
      FROM unnest(${changed.map(({ id }) => id)}::uuid[],
        ${changed.map(({ oldNanos, newNanos }) => newNanos - oldNanos)}::bigint[]) AS t (id, change)
      JOIN ledger_entries e ON e.request_id = t.id AND e.kind <> 'adjustment'
      CROSS JOIN LATERAL unnest(e.counter_ids) AS counter_id
      GROUP BY counter_id`,
  )
  return rows.map(({ id, change }) => [id, change])
}

function shareOf(shares: Map<string, ReRatingShare>, id: string): ReRatingShare {
  const share = shares.get(id) ?? { id, name: '—', requests: 0, oldNanos: 0n, newNanos: 0n }
  shares.set(id, share)
  return share
}

function add(sum: { requests: number; oldNanos: Nanos; newNanos: Nanos }, row: Rated): void {
  sum.requests += 1
  sum.oldNanos += row.oldNanos
  sum.newNanos += row.newNanos
}

function magnitude({ oldNanos, newNanos }: ReRatingShare): Nanos {
  const change = newNanos - oldNanos
  return change < 0n ? -change : change
}
