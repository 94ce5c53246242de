import type { Deployment, Model, Price, Provider } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { priceInForce } from '../prices/price-in-force.ts'
import { type PriceView, viewOfPrice } from '../prices/price-view.ts'
import { nameModels } from './name-models.ts'

export interface ModelView {
  id: string
  /** What callers write. */
  name: string
  maxOutputTokens: number | null
  contextTokens: number | null
  /** Names of the models that take over when all deployments fail. */
  fallbacks: string[]
  /** What takes over when a request is too long, or is refused by a content filter. */
  contextFallbacks: string[]
  contentFallbacks: string[]
  /** How patient its route is; null: as the gateway is set. */
  connectTimeoutMs: number | null
  firstTokenTimeoutMs: number | null
  idleTimeoutMs: number | null
  totalTimeoutMs: number | null
  maxAttempts: number | null
  /** An answer that breaks in the middle of its stream is gone on with by another deployment. */
  isContinued: boolean
  /** In the order to try them. */
  deployments: DeploymentView[]
  /** Whether every deployment has a price; keys with a cap cannot call it otherwise. */
  priced: boolean
  createdAt: Date
}

export interface DeploymentView {
  id: string
  providerId: string
  providerName: string
  vendor: string
  upstreamModel: string
  priority: number
  weight: number
  /** In force now; null: unpriced. */
  price: PriceView | null
}

type DeploymentRow = Deployment & { provider: Provider }
export type ModelRow = Model & { deployments: DeploymentRow[]; prices: Price[] }

/** What a view is made of; for `include`. */
export const modelParts = {
  deployments: { where: { archivedAt: null }, include: { provider: true } },
  prices: { where: { reRatingId: null } },
} as const

export async function viewModels(tx: Transaction, organizationId: string, rows: ModelRow[]): Promise<ModelView[]> {
  const names = await nameModels(tx, organizationId)
  const now = new Date()
  return rows.map((row) => {
    const deployments = row.deployments.toSorted(byOrder).map((deployment) => viewOfDeployment(deployment, row, now))
    return {
      id: row.id,
      name: row.name,
      maxOutputTokens: row.maxOutputTokens,
      contextTokens: row.contextTokens,
      fallbacks: row.fallbackIds.flatMap((id) => names.get(id) ?? []),
      contextFallbacks: row.contextFallbackIds.flatMap((id) => names.get(id) ?? []),
      contentFallbacks: row.contentFallbackIds.flatMap((id) => names.get(id) ?? []),
      connectTimeoutMs: row.connectTimeoutMs,
      firstTokenTimeoutMs: row.firstTokenTimeoutMs,
      idleTimeoutMs: row.idleTimeoutMs,
      totalTimeoutMs: row.totalTimeoutMs,
      maxAttempts: row.maxAttempts,
      isContinued: row.isContinued,
      deployments,
      priced: deployments.length > 0 && deployments.every((deployment) => deployment.price !== null),
      createdAt: row.createdAt,
    }
  })
}

function viewOfDeployment(row: DeploymentRow, model: ModelRow, now: Date): DeploymentView {
  const price = priceInForce(model.prices, row.id, now)
  return {
    id: row.id,
    providerId: row.providerId,
    providerName: row.provider.name,
    vendor: row.provider.vendor,
    upstreamModel: row.upstreamModel,
    priority: row.priority,
    weight: row.weight,
    price: price && viewOfPrice(price),
  }
}

function byOrder(a: DeploymentRow, b: DeploymentRow): number {
  return (
    a.provider.priority + a.priority - (b.provider.priority + b.priority) ||
    b.provider.weight * b.weight - a.provider.weight * a.weight ||
    (a.id < b.id ? -1 : 1)
  )
}
