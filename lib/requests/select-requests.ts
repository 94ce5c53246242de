import type { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { RequestView } from './request-view.ts'

/** Reads requests, the newest first. `where` sees r (requests). */
export async function selectRequests(tx: Transaction, where: Prisma.Sql, limit: number): Promise<RequestView[]> {
  return tx.$queryRaw<RequestView[]>`
    SELECT r.id, r.created_at AS "createdAt", r.key_id AS "keyId", k.name AS "keyName",
      r.project_id AS "projectId", p.name AS "projectName", r.membership_id AS "membershipId",
      u.name AS "memberName", r.model, r.provider_id AS "providerId", v.name AS "providerName",
      r.dialect, r.stream, r.status, r.error_code AS "errorCode",
      r.input_tokens AS "inputTokens", r.cached_tokens AS "cachedTokens",
      r.cache_write_tokens AS "cacheWriteTokens", r.output_tokens AS "outputTokens",
      r.reasoning_tokens AS "reasoningTokens", r.units, r.cost_nanos AS "costNanos",
      r.reserved_nanos AS "reservedNanos", r.overrun_nanos AS "overrunNanos", r.estimated,
      r.latency_ms AS "latencyMs", r.first_token_ms AS "firstTokenMs", r.finish_reason AS "finishReason",
      r.price_id AS "priceId", r.attempts
    FROM (
      SELECT * FROM requests r WHERE ${where} ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit}
    ) r
    JOIN keys k ON k.id = r.key_id
    JOIN projects p ON p.id = r.project_id
    LEFT JOIN providers v ON v.id = r.provider_id
    LEFT JOIN memberships s ON s.id = r.membership_id
    LEFT JOIN users u ON u.id = s.user_id
    ORDER BY r.created_at DESC, r.id DESC`
}
