/** Tiers of ids, the first to be tried first. */
export type Tiers = readonly (readonly string[])[]

/** One step up or down: out of its tier into one of its own, or from there into the next tier. */
export function stepDeployment(tiers: Tiers, id: string, step: -1 | 1): string[][] {
  const at = tiers.findIndex((tier) => tier.includes(id))
  const tier = tiers[at]
  if (!tier) return copy(tiers)
  if (tier.length > 1) return insertTier(tiers, id, step === -1 ? at : at + 1)
  return at + step < 0 || at + step >= tiers.length ? copy(tiers) : joinTier(tiers, id, at + step)
}

/** Into the tier at `to`. */
export function joinTier(tiers: Tiers, id: string, to: number): string[][] {
  return tiers
    .map((tier, index) => [...tier.filter((other) => other !== id), ...(index === to ? [id] : [])])
    .filter((tier) => tier.length > 0)
}

/** Into a tier of its own before the one at `before`. */
export function insertTier(tiers: Tiers, id: string, before: number): string[][] {
  const rest = tiers.map((tier) => tier.filter((other) => other !== id))
  return [...rest.slice(0, before), [id], ...rest.slice(before)].filter((tier) => tier.length > 0)
}

function copy(tiers: Tiers): string[][] {
  return tiers.map((tier) => [...tier])
}
