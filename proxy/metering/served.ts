import type { ModelRequest } from '../dialects/dialect.ts'
import type { Deployment } from '../gateway.ts'
import type { Grant } from '../steps/reserve-budget.ts'

/** A request, where it went, and with what money. */
export interface Served {
  request: ModelRequest
  deployment: Deployment
  grant: Grant
}
