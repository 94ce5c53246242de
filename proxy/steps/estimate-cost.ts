import type { ModelRequest } from '../dialects/dialect.ts'
import type { Caller, Route } from '../gateway.ts'
import { boundCost, type Estimate } from '../metering/bound-cost.ts'

const nothing: Estimate = {
  inputTokens: 0,
  outputTokens: 0,
  choices: 1,
  capFrom: 'caller',
  costWith: () => 0n,
  wantNanos: 0n,
  comfortNanos: 0n,
  floorNanos: 0n,
}

/** An upper bound that is free to find: no text has more tokens than bytes. */
export function estimateCost(request: ModelRequest, caller: Caller, route: Route): Estimate {
  if (request.isFree) return nothing
  return boundCost(request.input.textBytes + request.input.scaffoldTokens, request, caller, route)
}
