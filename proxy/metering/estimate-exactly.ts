import type { ModelRequest } from '../dialects/dialect.ts'
import type { Caller, Route } from '../gateway.ts'
import { boundCost, type Estimate } from './bound-cost.ts'
import { countTokens } from './count-tokens.ts'
import { encodingOf } from './encoding-of.ts'

/** Above it counting takes longer than a refusal is worth. */
const mostTextBytes = 1024 * 1024

/** The bound by the vendor's own tokenizer, a quarter of the bytes or less; null where that is not known. */
export async function estimateExactly(request: ModelRequest, caller: Caller, route: Route): Promise<Estimate | null> {
  if (request.input.textBytes > mostTextBytes) return null
  const encodings = new Set(route.deployments.map(({ upstreamModel }) => encodingOf(upstreamModel)))
  const { texts, frameTokens } = request.input.readTexts()
  let textTokens = 0
  for (const encoding of encodings) {
    if (encoding === null) return null
    textTokens = Math.max(textTokens, await countTokens(texts, encoding))
  }
  return boundCost(textTokens + frameTokens, request, caller, route)
}
