import { type PriceDraft, priceDraftOf } from '../prices/price-draft.ts'
import type { ModelFacts } from './model-facts.ts'

/** The price in force of a deployment, or of the first that has one, to begin a form with; null: there is none. */
export function priceDraftOfDeployment({ deployments }: ModelFacts, deploymentId: string | null): PriceDraft | null {
  const found = deployments.find(({ id, price }) => price && (deploymentId === null || id === deploymentId))
  return found?.price ? priceDraftOf(found.price) : null
}
