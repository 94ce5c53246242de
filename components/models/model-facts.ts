import type { PriceFacts } from '../prices/price-facts.ts'

/** One upstream model at one provider. */
export interface DeploymentFacts {
  id: string
  providerName: string
  vendorLabel: string
  /** Its provider takes no calls at present. */
  isDisabled: boolean
  upstreamModel: string
  priority: number
  weight: number
  /** In force now; null: unpriced. */
  price: PriceFacts | null
}

/** A name that callers write, and who answers for it. */
export interface ModelFacts {
  id: string
  name: string
  /** In the order in which they are tried. */
  deployments: DeploymentFacts[]
  isPriced: boolean
  maxOutputTokens: number | null
  contextTokens: number | null
  /** Names of models. */
  fallbacks: string[]
}

export interface ProviderOption {
  id: string
  name: string
  vendorLabel: string
  /** Its owner names what can be called there, not the vendor. */
  namesDeployments: boolean
}
