import type pg from 'pg'
import type { DialectName, Wire } from '../core/dialects.ts'
import type { Price, PriceTier } from '../core/price.ts'
import { queryInTenant } from '../db/query-in-tenant.ts'
import { readUnits } from '../prices/read-units.ts'
import { findVendor, speaksOf } from '../providers/vendors.ts'

export interface Deployment {
  id: string
  organizationId: string
  providerId: string
  providerName: string
  vendor: string
  wire: Wire
  speaks: readonly DialectName[]
  baseUrl: string
  upstreamModel: string
  priority: number
  weight: number
  /** Of the provider's account; null: nobody said. */
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  /** As whichever gateway learned last; null: nothing is known. */
  known: { deployment: KnownState | null; credential: KnownState | null }
  price: Price | null
  openCredential(): string
}

export interface KnownState {
  state: string
  reason: string | null
  untilMs: number | null
  changedAtMs: number
}

/** What a row says of one model; `create-routes` makes it a route of a caller. */
export interface ModelRoute {
  modelId: string
  model: string
  createdAt: Date
  maxOutputTokens: number | null
  contextTokens: number | null
  deployments: Deployment[]
  /** Null: as the gateway is set. */
  policy: {
    connectMs: number | null
    firstTokenMs: number | null
    idleMs: number | null
    totalMs: number | null
    maxAttempts: number | null
    isContinued: boolean
  }
  /** Ids of the models that take over. */
  fallbackIds: { general: string[]; context: string[]; content: string[] }
}

interface RouteRow {
  model_id: string
  model: string
  created_at: Date
  max_output_tokens: number | null
  context_tokens: number | null
  connect_timeout_ms: number | null
  first_token_timeout_ms: number | null
  idle_timeout_ms: number | null
  total_timeout_ms: number | null
  is_continued: boolean
  max_attempts: number | null
  fallback_ids: string[] | null
  context_fallback_ids: string[] | null
  content_fallback_ids: string[] | null
  provider_requests_per_minute: number | null
  provider_tokens_per_minute: number | null
  deployment_state: string | null
  deployment_reason: string | null
  deployment_until: Date | null
  deployment_changed_at: Date | null
  credential_state: string | null
  credential_reason: string | null
  credential_until: Date | null
  credential_changed_at: Date | null
  deployment_id: string | null
  upstream_model: string
  priority: number
  weight: number
  provider_id: string
  provider: string
  vendor: string
  base_url: string
  sealed_credential: Buffer
  price_id: string | null
  input_nanos_per_mtok: bigint
  output_nanos_per_mtok: bigint
  cache_read_nanos_per_mtok: bigint | null
  cache_write_nanos_per_mtok: bigint | null
  reasoning_nanos_per_mtok: bigint | null
  request_nanos: bigint
  tiers: Record<keyof PriceTier, string | number | null>[]
  units: unknown
}

// The price in force: an override before the catalogue, a deployment's own before the model's, the latest that has begun.
const text = `
  SELECT m.id AS model_id, m.name AS model, m.created_at, m.max_output_tokens, m.context_tokens,
    m.connect_timeout_ms, m.first_token_timeout_ms, m.idle_timeout_ms, m.total_timeout_ms, m.max_attempts, m.is_continued,
    m.fallback_ids, m.context_fallback_ids, m.content_fallback_ids,
    pr.requests_per_minute AS provider_requests_per_minute, pr.tokens_per_minute AS provider_tokens_per_minute,
    hd.state AS deployment_state, hd.reason AS deployment_reason, hd.until AS deployment_until, hd.changed_at AS deployment_changed_at,
    hc.state AS credential_state, hc.reason AS credential_reason, hc.until AS credential_until, hc.changed_at AS credential_changed_at,
    d.id AS deployment_id, d.upstream_model, pr.priority + d.priority AS priority, pr.weight * d.weight AS weight,
    pr.id AS provider_id, pr.name AS provider, pr.vendor, pr.base_url, pr.sealed_credential,
    p.id AS price_id, p.input_nanos_per_mtok, p.output_nanos_per_mtok, p.cache_read_nanos_per_mtok,
    p.cache_write_nanos_per_mtok, p.reasoning_nanos_per_mtok, p.request_nanos, p.tiers, p.units
  FROM models m
  LEFT JOIN (
    deployments d JOIN providers pr ON pr.id = d.provider_id AND pr.archived_at IS NULL AND pr.disabled_at IS NULL
  ) ON d.model_id = m.id AND d.archived_at IS NULL
  LEFT JOIN upstream_health hd ON hd.id = d.id
  LEFT JOIN upstream_health hc ON hc.id = pr.id
  LEFT JOIN LATERAL (
    SELECT * FROM prices p
    WHERE p.organization_id = m.organization_id AND p.model_id = m.id
      AND (p.deployment_id IS NULL OR p.deployment_id = d.id) AND p.effective_from <= now() AND p.re_rating_id IS NULL
    ORDER BY p.source = 'override' DESC, p.deployment_id IS NOT NULL DESC, p.effective_from DESC, p.id DESC
    LIMIT 1
  ) p ON true
  WHERE m.organization_id = $1 AND m.archived_at IS NULL
  ORDER BY m.name, priority, weight DESC, d.id`

/** Every model of an organization by name, with its deployments in the order to try them. */
export async function loadRoutes(
  pool: pg.Pool,
  organizationId: string,
  openCredential: (sealed: Buffer, provider: { organizationId: string; id: string; baseUrl: string }) => string,
): Promise<Map<string, ModelRoute>> {
  const rows = await queryInTenant<RouteRow>(pool, organizationId, {
    name: 'load_routes',
    text,
    values: [organizationId],
  })
  const routes = new Map<string, ModelRoute>()
  for (const row of rows) {
    let route = routes.get(row.model)
    if (!route) {
      route = {
        modelId: row.model_id,
        model: row.model,
        createdAt: row.created_at,
        maxOutputTokens: row.max_output_tokens,
        contextTokens: row.context_tokens,
        deployments: [],
        policy: {
          connectMs: row.connect_timeout_ms,
          firstTokenMs: row.first_token_timeout_ms,
          idleMs: row.idle_timeout_ms,
          totalMs: row.total_timeout_ms,
          maxAttempts: row.max_attempts,
          isContinued: row.is_continued,
        },
        fallbackIds: {
          general: row.fallback_ids ?? [],
          context: row.context_fallback_ids ?? [],
          content: row.content_fallback_ids ?? [],
        },
      }
      routes.set(row.model, route)
    }
    if (row.deployment_id === null) continue
    const vendor = findVendor(row.vendor)
    route.deployments.push({
      id: row.deployment_id,
      organizationId,
      providerId: row.provider_id,
      providerName: row.provider,
      vendor: row.vendor,
      wire: vendor?.wire ?? 'openai',
      speaks: vendor ? speaksOf(vendor, row.upstream_model) : [],
      baseUrl: row.base_url,
      upstreamModel: row.upstream_model,
      priority: row.priority,
      weight: row.weight,
      requestsPerMinute: row.provider_requests_per_minute,
      tokensPerMinute: row.provider_tokens_per_minute,
      known: {
        deployment: stateOf(
          row.deployment_state,
          row.deployment_reason,
          row.deployment_until,
          row.deployment_changed_at,
        ),
        credential: stateOf(
          row.credential_state,
          row.credential_reason,
          row.credential_until,
          row.credential_changed_at,
        ),
      },
      price: priceOf(row),
      openCredential: () =>
        openCredential(row.sealed_credential, { organizationId, id: row.provider_id, baseUrl: row.base_url }),
    })
  }
  return routes
}

function stateOf(
  state: string | null,
  reason: string | null,
  until: Date | null,
  changedAt: Date | null,
): KnownState | null {
  if (state === null || changedAt === null) return null
  return { state, reason, untilMs: until?.getTime() ?? null, changedAtMs: changedAt.getTime() }
}

function priceOf(row: RouteRow): Price | null {
  if (row.price_id === null) return null
  return {
    id: row.price_id,
    inputPerMtok: row.input_nanos_per_mtok,
    outputPerMtok: row.output_nanos_per_mtok,
    cacheReadPerMtok: row.cache_read_nanos_per_mtok,
    cacheWritePerMtok: row.cache_write_nanos_per_mtok,
    reasoningPerMtok: row.reasoning_nanos_per_mtok,
    perRequest: row.request_nanos,
    tiers: row.tiers.map((tier) => ({
      aboveInputTokens: Number(tier.aboveInputTokens),
      inputPerMtok: BigInt(tier.inputPerMtok ?? 0),
      outputPerMtok: BigInt(tier.outputPerMtok ?? 0),
      cacheReadPerMtok: optional(tier.cacheReadPerMtok),
      cacheWritePerMtok: optional(tier.cacheWritePerMtok),
      reasoningPerMtok: optional(tier.reasoningPerMtok),
    })),
    units: readUnits(row.units),
  }
}

function optional(amount: string | number | null | undefined): bigint | null {
  return amount === null || amount === undefined ? null : BigInt(amount)
}
