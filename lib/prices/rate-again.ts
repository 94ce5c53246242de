import { type Nanos, parseUsd } from '../core/money.ts'
import { costOf, type Price } from '../core/price.ts'
import type { Units } from '../core/units.ts'
import type { Usage } from '../core/usage.ts'
import type { Price as PriceRow } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { viewOfPrice } from './price-view.ts'

interface Selection {
  organizationId: string
  modelId: string
  deploymentId: string | null
  from: Date
  to: Date
  /** Requests that this price has charged already are not looked at. */
  priceId: string | null
}

export interface RatedRequest {
  id: string
  createdAt: Date
  keyId: string
  projectId: string
  oldNanos: Nanos
  /** Null: its cost does not follow from a usage, so it stays what it is. */
  newNanos: Nanos | null
}

interface Row {
  id: string
  createdAt: Date
  keyId: string
  projectId: string
  costNanos: Nanos
  priceId: string | null
  inputTokens: number | null
  cachedTokens: number | null
  cacheWriteTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
  units: Units | null
  attempts: { keptUsd?: string | null }[]
}

const pageSize = 500

/** Requests that the deployments of a model answered in a span, page by page, each with what it costs by `price`. */
export async function* rateAgain(selection: Selection, price: Omit<Price, 'id'>): AsyncGenerator<RatedRequest[]> {
  const prices = new Map<string, Price>()
  let last: { createdAt: Date; id: string } | null = null
  for (;;) {
    const rows = await readPage(selection, last, prices)
    if (rows.length > 0) yield rows.map((row) => rate(row, prices, { ...price, id: '' }))
    if (rows.length < pageSize) return
    last = rows.at(-1)!
  }
}

async function readPage(
  { organizationId, modelId, deploymentId, from, to, priceId }: Selection,
  last: { createdAt: Date; id: string } | null,
  prices: Map<string, Price>,
): Promise<Row[]> {
  return inTenant(organizationId, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT r.id, r.created_at AS "createdAt", r.key_id AS "keyId", r.project_id AS "projectId",
        r.cost_nanos AS "costNanos", r.price_id AS "priceId", r.input_tokens AS "inputTokens",
        r.cached_tokens AS "cachedTokens", r.cache_write_tokens AS "cacheWriteTokens", r.output_tokens AS "outputTokens",
        r.reasoning_tokens AS "reasoningTokens", r.units, r.attempts
      FROM requests r
      WHERE r.organization_id = ${organizationId}::uuid AND r.created_at >= ${from} AND r.created_at < ${to}
        AND (r.created_at, r.id) > (${last?.createdAt ?? new Date(0)}::timestamptz, ${last?.id ?? none}::uuid)
        AND r.deployment_id IN (
          SELECT d.id FROM deployments d
          WHERE d.model_id = ${modelId}::uuid AND (${deploymentId}::uuid IS NULL OR d.id = ${deploymentId}::uuid))
        AND r.price_id IS DISTINCT FROM ${priceId}::uuid
      ORDER BY r.created_at, r.id
      LIMIT ${pageSize}`
    const missing = [...new Set(rows.flatMap((row) => row.priceId ?? []))].filter((id) => !prices.has(id))
    const found: PriceRow[] = await tx.price.findMany({ where: { organizationId, id: { in: missing } } })
    for (const one of found) prices.set(one.id, viewOfPrice(one))
    return rows
  })
}

const none = '00000000-0000-0000-0000-000000000000'

/** Only what the old price gives back to the nano-dollar can be given another price. */
function rate(row: Row, prices: Map<string, Price>, price: Price): RatedRequest {
  const { id, createdAt, keyId, projectId, costNanos } = row
  const usage: Usage = row
  const old = row.priceId === null ? null : prices.get(row.priceId)
  // What attempts that were lost may have cost stays on top.
  const kept = row.attempts.reduce((sum, { keptUsd }) => sum + (keptUsd ? (parseUsd(keptUsd) ?? 0n) : 0n), 0n)
  const isKnown = row.inputTokens !== null || row.outputTokens !== null || row.units !== null
  const follows = isKnown && old !== undefined && (old ? costOf(usage, old) : 0n) + kept === costNanos
  return {
    id,
    createdAt,
    keyId,
    projectId,
    oldNanos: costNanos,
    newNanos: follows ? costOf(usage, price) + kept : null,
  }
}
