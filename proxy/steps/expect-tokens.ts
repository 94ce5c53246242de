import type { ModelRequest } from '../dialects/dialect.ts'
import type { Admission } from '../limits.ts'
import { type Estimate, ordinaryOutputTokens } from '../metering/bound-cost.ts'

/** Of ordinary text; what it really was is known afterwards. */
const bytesPerToken = 4

/** Takes what a request will probably use from the tokens a minute; throws `rate_limit_exceeded` when that is not there. */
export function expectTokens(
  admission: Admission,
  request: ModelRequest,
  estimate: Estimate,
): Promise<void> | undefined {
  return admission.expect(probableTokens(request, estimate))
}

export function probableTokens({ input, choices }: ModelRequest, { outputTokens, capFrom }: Estimate): number {
  // A cap that nobody chose says nothing of how long the answer will be.
  const output = capFrom === 'caller' ? outputTokens : Math.min(outputTokens, ordinaryOutputTokens)
  return Math.ceil(input.textBytes / bytesPerToken) + choices * output
}
