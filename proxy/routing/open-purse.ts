import type { Nanos } from '#lib/core/money.ts'
import { highestCostOf } from '#lib/core/price.ts'
import type { Exchange } from '../exchange.ts'
import type { Deployment, Gateway, Reservation } from '../gateway.ts'
import type { Estimate } from '../metering/bound-cost.ts'
import { estimateExactly } from '../metering/estimate-exactly.ts'
import type { Errand } from '../steps/call-provider.ts'
import { type Allowance, capOutput } from '../steps/cap-output.ts'
import { estimateCost } from '../steps/estimate-cost.ts'
import type { Target } from './plan-attempts.ts'

/** The money of one request on its way through several attempts. */
export interface Purse {
  /** What may be spent there, with the reservation made large enough for it; null: no budget pays for it. */
  fund(target: Target): Promise<Allowance | null>
  /** A lost attempt may have been billed: from now on that much of the reservation is spoken for. */
  keep(nanos: Nanos): void
  keptNanos(): Nanos
}

export function openPurse(gateway: Gateway, exchange: Exchange, errand: Errand): Purse {
  const { caller, request, route, reserved, record } = errand
  const estimates = new Map<string, Estimate>([[route.modelId, reserved.estimate]])
  const allowances = new Map<string, Allowance>()
  if (errand.allowance) allowances.set(route.modelId, errand.allowance)
  let held: Reservation = reserved.reservation
  let keptNanos = errand.keptNanos ?? 0n

  const topUp = async ({ route: { modelId } }: Target, estimate: Estimate): Promise<boolean> => {
    const plus = (nanos: Nanos | null): Nanos | null => (nanos === null ? null : nanos + keptNanos)
    const more = await gateway.ledger.topUp({
      requestId: exchange.id,
      modelId,
      wantNanos: plus(estimate.wantNanos),
      floorNanos: plus(estimate.floorNanos),
    })
    if (!more) return false
    held = more
    record.reserved({ reservation: held, estimate: reserved.estimate })
    return true
  }

  /** Cut to what is held beside what lost attempts may have cost. */
  const cap = async (target: Target, estimate: Estimate): Promise<Allowance> => {
    const reservation = { requestId: held.requestId, amountNanos: held.amountNanos - keptNanos }
    const allowance = await capOutput({ reservation, estimate }, request, caller, target.route)
    allowances.set(target.route.modelId, allowance)
    return allowance
  }

  return {
    async fund(target) {
      const { modelId } = target.route
      const known = allowances.get(modelId)
      if (known && keptNanos + (boundOf(known, target.deployment) ?? 0n) <= held.amountNanos) return known
      const free = estimates.get(modelId) ?? estimateCost(request, caller, target.route)
      if (await topUp(target, free)) return cap(target, free)
      const exact = await estimateExactly(request, caller, target.route)
      if (exact && (await topUp(target, exact))) return cap(target, exact)
      return null
    },
    keep(nanos) {
      keptNanos += nanos
    },
    keptNanos: () => keptNanos,
  }
}

/** The most that so much can cost at one deployment; null: it has no price. */
export function boundOf({ inputTokens, outputTokens, units }: Allowance, { price }: Deployment): Nanos | null {
  return price && highestCostOf(inputTokens, outputTokens, price, units)
}
