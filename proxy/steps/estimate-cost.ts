import type { ModelRequest } from '../dialects/dialect.ts'
import type { Caller, Route } from '../gateway.ts'
import { boundCost, type Estimate } from '../metering/bound-cost.ts'

/** An upper bound that is free to find: no text has more tokens than bytes. */
export function estimateCost(request: ModelRequest, caller: Caller, route: Route): Estimate {
  return boundCost(request.input.textBytes + request.input.scaffoldTokens, request, caller, route)
}
