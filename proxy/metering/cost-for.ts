import type { Nanos } from '#lib/core/money.ts'
import { costOf } from '#lib/core/price.ts'
import type { Usage } from '#lib/core/usage.ts'
import type { Served } from './served.ts'

/** What a usage costs where it was served, beside what failed attempts have kept; 0 where nobody set a price. */
export function costFor(usage: Usage, { deployment, keptNanos }: Served): Nanos {
  return keptNanos + (deployment.price ? costOf(usage, deployment.price) : 0n)
}
