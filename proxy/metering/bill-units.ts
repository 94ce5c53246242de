import { priceOfUnit } from '#lib/core/price.ts'
import type { Units } from '#lib/core/units.ts'
import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import type { PaidBy, Report } from '../dialects/dialect.ts'
import type { Bill } from './bill-answer.ts'
import { costFor } from './cost-for.ts'
import type { Served } from './served.ts'

/**
 * The bill for what is paid by something else than tokens: the vendor's own figures; where it has none, the most that
 * was asked for, since nothing of ours can measure a picture or an hour of sound.
 */
export function billUnits(served: Served, paidBy: PaidBy, { usage, broken }: Pick<Report, 'usage' | 'broken'>): Bill {
  const { request, deployment, allowed } = served
  const told: Usage = usage ?? unknownUsage
  const isPaidByUnit = deployment.price === null || priceOfUnit(paidBy.kind, deployment.price) !== undefined
  if (!isPaidByUnit && (broken || told.inputTokens === null || told.outputTokens === null)) {
    const { inputTokens, outputTokens } = allowed
    const most = { ...unknownUsage, inputTokens, outputTokens, units: mostTokens(request.units ?? {}, allowed) }
    return { usage: most, costNanos: costFor(most, served), estimated: true }
  }
  const asked = othersThanTokens(request.units ?? {})
  const units = { ...asked, ...told.units }
  const untold = Object.keys(asked).filter((kind) => !(kind in (told.units ?? {})) && !isExact(kind))
  const whole = { ...told, units }
  return {
    usage: whole,
    costNanos: costFor(whole, served),
    estimated: broken || served.keptNanos > 0n || (isPaidByUnit && untold.length > 0),
  }
}

/** Known from the request to the last one: no vendor has to say it. */
function isExact(kind: string): boolean {
  return kind === 'character'
}

function othersThanTokens(units: Units): Units {
  return Object.fromEntries(Object.entries(units).filter(([kind]) => !kind.endsWith('_token')))
}

/** Where kinds of tokens may be among them, all of them are the dearest. */
function mostTokens(units: Units, { inputTokens, outputTokens }: Served['allowed']): Units {
  return Object.fromEntries(
    Object.entries(units).map(([kind, count]) => {
      if (!kind.endsWith('_token')) return [kind, count]
      return [kind, kind.includes('input') ? inputTokens : outputTokens]
    }),
  )
}
