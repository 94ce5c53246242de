import { asOwner } from './as-owner.ts'
import type { TestDatabase } from './database.ts'

interface PastRequests {
  organizationId: string
  key: { id: string; projectId: string }
  model: string
  count: number
}

/** Requests of the last hours, a second apart, with their hours. The newest costs a nano-dollar, the one before it two. */
export async function insertManyRequests(database: Pick<TestDatabase, 'url'>, past: PastRequests): Promise<void> {
  const { organizationId, key, model, count } = past
  await asOwner(
    database,
    `WITH made AS (
       INSERT INTO requests (id, created_at, organization_id, project_id, key_id, model, dialect, stream, status, cost_nanos,
         input_tokens, output_tokens, reserved_nanos, overrun_nanos, estimated, latency_ms)
       SELECT gen_random_uuid(), now() - n * interval '1 second', $1, $2, $3, $4, 'openai-chat', n % 3 = 0, 200, n,
         n % 900, n % 70, 0, 0, false, 20 + n % 3000
       FROM generate_series(1, $5::int) n
       RETURNING *
     )
     INSERT INTO usage_hours (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome, requests,
       input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
     SELECT date_trunc('hour', created_at), organization_id, project_id, none, key_id, none, none,
       outcome_of(status, provider_id), count(*), sum(input_tokens), 0, 0, sum(output_tokens), 0, sum(cost_nanos), sum(latency_ms)
     FROM made, (SELECT '00000000-0000-0000-0000-000000000000'::uuid AS none) nobody
     GROUP BY date_trunc('hour', created_at), organization_id, project_id, key_id, outcome_of(status, provider_id), none`,
    [organizationId, key.projectId, key.id, model, count],
  )
}
