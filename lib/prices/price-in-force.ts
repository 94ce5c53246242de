/** What decides between the prices of one model. */
interface PriceVersion {
  id: string
  deploymentId: string | null
  source: 'catalogue' | 'override'
  effectiveFrom: Date
}

/**
 * The price of a deployment at `at`: an override before the catalogue, the deployment's own before the model's, then the
 * latest that has begun. Null: unpriced. `deploymentId` null asks for the model's own price.
 */
export function priceInForce<P extends PriceVersion>(
  pricesOfModel: P[],
  deploymentId: string | null,
  at: Date,
): P | null {
  const candidates = pricesOfModel.filter(
    (price) => price.effectiveFrom <= at && (price.deploymentId === null || price.deploymentId === deploymentId),
  )
  return candidates.toSorted(byPrecedence)[0] ?? null
}

function byPrecedence(a: PriceVersion, b: PriceVersion): number {
  return (
    Number(b.source === 'override') - Number(a.source === 'override') ||
    Number(b.deploymentId !== null) - Number(a.deploymentId !== null) ||
    b.effectiveFrom.getTime() - a.effectiveFrom.getTime() ||
    (a.id < b.id ? 1 : -1)
  )
}
