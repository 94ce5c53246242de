import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { usageRows } from '../usage/usage-rows.ts'
import type { KeySummary } from './key-view.ts'

interface Selection {
  /** Sees `k` (keys), `p` (projects) and `u` (users). */
  where?: Prisma.Sql
  /** Of these alone; the usage of all others is not even summed. */
  keyIds?: readonly string[] | null
  /** Sees `row`, whose columns are the fields of `KeySummary`. */
  having?: Prisma.Sql
  orderBy?: Prisma.Sql
  limit?: number
  /** Whether `having` or `orderBy` look at "lastUsedAt"; else it is found for the keys of the page alone. */
  isByLastUse?: boolean
}

/** Reads keys with their standing. The one place that says what each status and figure of a key means. */
export async function selectKeys(
  tx: Transaction,
  organizationId: string,
  {
    where = Prisma.sql`true`,
    keyIds = null,
    having = Prisma.sql`true`,
    orderBy = Prisma.sql`row.id`,
    limit = 1,
    isByLastUse = false,
  }: Selection,
): Promise<KeySummary[]> {
  const among = (column: string) =>
    keyIds ? Prisma.sql`${Prisma.raw(column)} = ANY (${keyIds}::uuid[])` : Prisma.sql`true`
  const lastUse = isByLastUse
    ? Prisma.sql`(
        SELECT max(r.created_at) FROM requests r WHERE r.key_id = k.id AND r.created_at >= spend.last_hour
      )`
    : Prisma.sql`spend.last_hour`
  const columns = Prisma.sql`t.key_id, t.cost_nanos`
  const rows = await tx.$queryRaw<KeySummary[]>`
    SELECT row.* FROM (
      SELECT k.id, k.name, k.secret_hint AS hint,
        CASE
          WHEN k.revoked_at IS NOT NULL THEN 'revoked'
          WHEN k.expires_at <= now() THEN 'expired'
          WHEN k.paused_at IS NOT NULL THEN 'paused'
          WHEN bound.exhausted THEN 'exhausted'
          ELSE 'active'
        END AS status,
        k.pause_reason AS "pauseReason", k.project_id AS "projectId", p.name AS "projectName",
        k.membership_id AS "membershipId", u.name AS "memberName", u.email AS "memberEmail",
        CASE WHEN NOT k.all_models THEN ARRAY(
          SELECT m.name FROM models m WHERE m.id = ANY (k.allowed_model_ids) AND m.archived_at IS NULL ORDER BY m.name
        ) END AS models,
        k.requests_per_minute AS "requestsPerMinute", k.tokens_per_minute AS "tokensPerMinute",
        k.max_parallel AS "maxParallel", k.requests_per_day AS "requestsPerDay", k.max_output_tokens AS "maxOutputTokens",
        k.allowed_ips AS "allowedIps", k.tags,
        coalesce(spend.nanos, 0) AS "spentNanos", coalesce(held.nanos, 0) AS "reservedNanos",
        CASE WHEN bound.available > 0 THEN bound.available WHEN bound.available <= 0 THEN 0 END AS "availableNanos",
        k.created_at AS "createdAt", k.expires_at AS "expiresAt", k.paused_at AS "pausedAt",
        k.revoked_at AS "revokedAt",
        CASE WHEN k.previous_secret_until > now() THEN k.previous_secret_until END AS "previousSecretUntil",
        CASE WHEN spend.last_hour IS NOT NULL THEN ${lastUse} END AS "lastUsedAt"
      FROM keys k
      JOIN organizations o ON o.id = k.organization_id
      JOIN projects p ON p.id = k.project_id
      LEFT JOIN memberships s ON s.id = k.membership_id
      LEFT JOIN users u ON u.id = s.user_id
      LEFT JOIN (
        SELECT key_id, sum(cost_nanos)::bigint AS nanos, max(hour) AS last_hour
        FROM ${usageRows({ organizationId, from: null, to: null, detail: 'key', where: among('t.key_id'), columns })} GROUP BY key_id
      ) spend ON spend.key_id = k.id
      LEFT JOIN (
        SELECT key_id, sum(amount_nanos)::bigint AS nanos
        FROM reservations WHERE organization_id = ${organizationId}::uuid GROUP BY key_id
      ) held ON held.key_id = k.id
      LEFT JOIN LATERAL (
        SELECT min(raised.limit_nanos - coalesce(n.spent_nanos, 0) - coalesce(n.reserved_nanos, 0)) AS available,
          bool_or(coalesce(n.spent_nanos, 0) >= raised.limit_nanos) AS exhausted
        FROM budgets b
        LEFT JOIN budget_counters n ON n.budget_id = b.id AND n.period_start = period_start_of(b.period, o.time_zone)
        CROSS JOIN LATERAL (
          SELECT coalesce(limit_of(n.limit_nanos, n.raise_amounts, n.raise_ends), raised_limit_of(b.id, b.limit_nanos)) AS limit_nanos
        ) raised
        WHERE b.scope_id IN (k.id, k.project_id, k.membership_id, k.organization_id)
          AND b.organization_id = k.organization_id AND b.archived_at IS NULL AND b.model_id IS NULL
          AND (b.tag IS NULL OR b.tag = ANY (k.tags))
      ) bound ON true
      WHERE k.organization_id = ${organizationId}::uuid AND ${among('k.id')} AND ${where}
    ) row
    WHERE ${having}
    ORDER BY ${orderBy}
    LIMIT ${limit}`
  if (!isByLastUse) await findLastUse(tx, rows)
  return rows
}

/** From the hour or day of the last use to the moment. What is older than the oldest of them is not even planned for. */
async function findLastUse(tx: Transaction, rows: KeySummary[]): Promise<void> {
  const used = rows.filter(({ lastUsedAt }) => lastUsedAt !== null)
  if (used.length === 0) return
  const oldest = new Date(Math.min(...used.map(({ lastUsedAt }) => lastUsedAt!.getTime())))
  const found = await tx.$queryRaw<{ id: string; at: Date | null }[]>`
    SELECT asked.id, (
      SELECT max(r.created_at) FROM requests r
      WHERE r.key_id = asked.id AND r.created_at >= asked.since AND r.created_at >= ${oldest}::timestamptz
    ) AS at
    FROM unnest(${used.map(({ id }) => id)}::uuid[], ${used.map(({ lastUsedAt }) => lastUsedAt!.toISOString())}::timestamptz[])
      AS asked (id, since)`
  const atOf = new Map(found.map(({ id, at }) => [id, at]))
  for (const row of used) row.lastUsedAt = atOf.get(row.id) ?? null
}
