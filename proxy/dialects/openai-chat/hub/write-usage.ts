import type { Billed } from '../../../hub/hub.ts'
import { usageFigures } from '../../../hub/usage-figures.ts'

/** Usage as a chat has it, with the cost beside the tokens. */
export function writeUsage(bill: Billed): Record<string, unknown> {
  const { input, cached, written, output, reasoning, cost } = usageFigures(bill)
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, ...(written > 0 && { cache_write_tokens: written }) },
    completion_tokens_details: { reasoning_tokens: reasoning },
    cost,
  }
}
