import { newId } from '#lib/core/ids.ts'
import type { Nanos } from '#lib/core/money.ts'
import { asOwner } from './as-owner.ts'
import type { TestDatabase } from './database.ts'

interface PastRequest {
  organizationId: string
  key: { id: string; projectId: string; membershipId: string | null }
  createdAt?: string
  model?: string
  modelId?: string | null
  providerId?: string | null
  status?: number
  costNanos?: Nanos
  inputTokens?: number
  outputTokens?: number
}

/** A request of the past with its hour: the ledger itself books only what happens now. Returns its id. */
export async function insertRequest(database: TestDatabase, request: PastRequest): Promise<string> {
  const { organizationId, key, createdAt = new Date().toISOString(), model = 'm', modelId = null } = request
  const { providerId = null, status = 200, costNanos = 0n, inputTokens = null, outputTokens = null } = request
  const id = newId()
  const values = [id, createdAt, organizationId, key.projectId, key.membershipId, key.id, modelId, model, providerId]
  await asOwner(
    database,
    `WITH row AS (
       INSERT INTO requests (id, created_at, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
         dialect, stream, status, cost_nanos, input_tokens, output_tokens, reserved_nanos, overrun_nanos, estimated, latency_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'openai-chat', false, $10, $11, $12, $13, 0, 0, false, 1)
       RETURNING *
     )
     INSERT INTO usage_hours (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome, requests,
       input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
     SELECT date_trunc('hour', created_at), organization_id, project_id, coalesce(membership_id, none), key_id,
       coalesce(model_id, none), coalesce(provider_id, none), outcome_of(status, provider_id), 1,
       coalesce(input_tokens, 0), 0, 0, coalesce(output_tokens, 0), 0, cost_nanos, 1
     FROM row, (SELECT '00000000-0000-0000-0000-000000000000'::uuid AS none) nobody
     ON CONFLICT (organization_id, hour, project_id, membership_id, key_id, model_id, provider_id, outcome) DO UPDATE SET
       requests = usage_hours.requests + excluded.requests, cost_nanos = usage_hours.cost_nanos + excluded.cost_nanos,
       input_tokens = usage_hours.input_tokens + excluded.input_tokens,
       output_tokens = usage_hours.output_tokens + excluded.output_tokens`,
    [...values, status, costNanos, inputTokens, outputTokens],
  )
  return id
}
