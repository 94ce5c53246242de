import type { Exchange } from '../exchange.ts'
import type { Caller } from '../gateway.ts'
import type { Admission, Limits } from '../limits.ts'

/** The caller's turn; throws `rate_limit_exceeded` when it has none. */
export async function enforceLimits(limits: Limits, exchange: Exchange, caller: Caller): Promise<Admission> {
  const admission = await limits.enter(caller)
  Object.assign(exchange.headers, admission.headers)
  return admission
}
