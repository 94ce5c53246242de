import type { ActionResult } from '../action-result.ts'
import type { PriceDraft } from '../prices/price-draft.ts'
import type { PriceFacts } from '../prices/price-facts.ts'

export interface NewModelDraft {
  name: string
  providerId: string
  upstreamModel: string
  /** Null: that of the catalogue, where it has one. */
  price: PriceDraft | null
  /** Empty: not set. */
  maxOutputTokens: string
  /** Empty: by the catalogue. */
  contextTokens: string
}

export interface DeploymentDraft {
  providerId: string
  upstreamModel: string
  priority: number
  weight: number
}

/** What the catalogue knows of an upstream model; `price` null: it has none that could be charged. */
export interface CatalogueFacts {
  price: Omit<PriceFacts, 'id' | 'source' | 'effectiveFrom'> | null
  contextTokens: number | null
}

export type LookUpPrice = (providerId: string, upstreamModel: string) => Promise<ActionResult<CatalogueFacts>>

export type CreateModel = (draft: NewModelDraft) => Promise<ActionResult<{ id: string }>>

export interface ModelLimitsDraft {
  name: string
  maxOutputTokens: string
  contextTokens: string
}

export interface NewPriceDraft {
  /** Null: of all deployments without one of their own. */
  deploymentId: string | null
  price: PriceDraft
  /** "2026-11-24", in the organization's time zone; null: from now on. */
  startsOn: string | null
}

/** What can be done with one model; already bound to it. */
export interface ModelActions {
  change: (draft: ModelLimitsDraft) => Promise<ActionResult<{ name: string }>>
  remove: () => Promise<ActionResult<null>>
  setPrice: (draft: NewPriceDraft) => Promise<ActionResult<null>>
  addDeployment: (draft: DeploymentDraft) => Promise<ActionResult<null>>
  changeDeployment: (id: string, order: { priority: number; weight: number }) => Promise<ActionResult<null>>
  removeDeployment: (id: string) => Promise<ActionResult<null>>
}
