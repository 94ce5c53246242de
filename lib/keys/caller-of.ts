import { StipendError } from '../core/errors.ts'
import type { ScopeLimits } from '../limits/scope-limits.ts'

/** A key as the gateway knows it. */
export interface Caller {
  organizationId: string
  projectId: string
  membershipId: string | null
  keyId: string
  keyName: string
  maxOutputTokens: number | null
  allowedIps: string[]
  /** The models that key and project both allow; null: all of the organization's. */
  allowedModelIds: string[] | null
  /** Rate limits of the key, its project and its organization; only of those that have any. */
  limits: ScopeLimits[]
}

/** A key, its project and its organization, as the database finds them by the hash of a secret. */
export interface CallerRow {
  id: string
  organization_id: string
  project_id: string
  membership_id: string | null
  name: string
  max_output_tokens: number | null
  requests_per_minute: number | null
  tokens_per_minute: number | null
  max_parallel: number | null
  requests_per_day: number | null
  project_requests_per_minute: number | null
  project_tokens_per_minute: number | null
  project_requests_per_day: number | null
  project_max_parallel: number | null
  organization_requests_per_minute: number | null
  organization_tokens_per_minute: number | null
  organization_requests_per_day: number | null
  organization_max_parallel: number | null
  allowed_ips: string[]
  all_models: boolean
  allowed_model_ids: string[]
  project_all_models: boolean
  project_allowed_model_ids: string[]
  is_revoked: boolean
  is_paused: boolean
  is_expired: boolean
}

/** The caller that a key makes; throws why it may not be used just now. */
export function callerOf(row: CallerRow): Caller {
  if (row.is_revoked)
    throw new StipendError('invalid_api_key', 'This key has been revoked. Ask the lead of your project for a new one.')
  if (row.is_paused)
    throw new StipendError('key_paused', 'This key is paused. Ask the lead of your project to resume it.')
  if (row.is_expired)
    throw new StipendError('key_expired', 'This key has expired. Ask the lead of your project for a new one.')
  return {
    organizationId: row.organization_id,
    projectId: row.project_id,
    membershipId: row.membership_id,
    keyId: row.id,
    keyName: row.name,
    maxOutputTokens: row.max_output_tokens,
    allowedIps: row.allowed_ips,
    allowedModelIds: allowedModelIds(row),
    limits: limitsOf(row),
  }
}

function limitsOf(row: CallerRow): ScopeLimits[] {
  const limits: ScopeLimits[] = [
    {
      scope: 'key',
      id: row.id,
      requestsPerMinute: row.requests_per_minute,
      tokensPerMinute: row.tokens_per_minute,
      requestsPerDay: row.requests_per_day,
      maxParallel: row.max_parallel,
    },
    {
      scope: 'project',
      id: row.project_id,
      requestsPerMinute: row.project_requests_per_minute,
      tokensPerMinute: row.project_tokens_per_minute,
      requestsPerDay: row.project_requests_per_day,
      maxParallel: row.project_max_parallel,
    },
    {
      scope: 'organization',
      id: row.organization_id,
      requestsPerMinute: row.organization_requests_per_minute,
      tokensPerMinute: row.organization_tokens_per_minute,
      requestsPerDay: row.organization_requests_per_day,
      maxParallel: row.organization_max_parallel,
    },
  ]
  return limits.filter(
    (one) =>
      one.requestsPerMinute !== null ||
      one.tokensPerMinute !== null ||
      one.requestsPerDay !== null ||
      one.maxParallel !== null,
  )
}

function allowedModelIds(row: CallerRow): string[] | null {
  if (row.all_models) return row.project_all_models ? null : row.project_allowed_model_ids
  if (row.project_all_models) return row.allowed_model_ids
  return row.allowed_model_ids.filter((id) => row.project_allowed_model_ids.includes(id))
}
