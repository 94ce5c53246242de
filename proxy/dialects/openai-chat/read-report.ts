import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import { asRecord } from '../../json/as-record.ts'
import { countsOf } from '../counts-of.ts'
import type { Report } from '../dialect.ts'

/** Reads what vendors say about usage, wherever they say it; see `test/proxy/read-report.test.ts` for who does what. */
export function readReport(value: unknown): Report {
  const answer = asRecord(value)
  const reported = answer.usage ?? asRecord(answer.x_groq).usage
  const choices = Array.isArray(answer.choices) ? answer.choices : []
  const finished = choices.map((choice) => asRecord(choice).finish_reason).find((reason) => typeof reason === 'string')
  return {
    ...readUsage(reported),
    finishReason: typeof finished === 'string' ? finished.slice(0, 64) : null,
    failed: answer.error != null,
  }
}

function readUsage(reported: unknown): Pick<Report, 'usage' | 'broken'> {
  if (reported === null || reported === undefined) return { usage: null, broken: false }
  if (typeof reported !== 'object') return { usage: unknownUsage, broken: true }

  const counts = countsOf()
  const { count } = counts
  const usage = asRecord(reported)
  const inputDetails = asRecord(usage.prompt_tokens_details)
  const outputDetails = asRecord(usage.completion_tokens_details)
  const input = count(usage.prompt_tokens)
  const completion = count(usage.completion_tokens)
  const total = count(usage.total_tokens)
  const cached = count(
    inputDetails.cached_tokens,
    usage.prompt_cache_hit_tokens,
    usage.cached_tokens,
    usage.num_cached_tokens,
  )
  const written = count(inputDetails.cache_write_tokens, usage.cache_creation_input_tokens)
  const reasoning = count(outputDetails.reasoning_tokens)
  return {
    usage: {
      inputTokens: input,
      // Grok reports more cached tokens than it had input: a part is never more than the whole.
      cachedTokens: atMost(cached, input),
      cacheWriteTokens: atMost(written, input),
      ...readOutput(input, completion, total, reasoning),
    },
    // A question without a single token was never asked.
    broken: counts.isBroken() || input === 0,
  }
}

/** Some count the reasoning apart: xAI and Gemini show it in the total only, Vercel only by exceeding the rest. */
function readOutput(
  input: number | null,
  completion: number | null,
  total: number | null,
  reasoning: number | null,
): Pick<Usage, 'outputTokens' | 'reasoningTokens'> {
  if (completion === null) return { outputTokens: null, reasoningTokens: reasoning }
  const beyondInput = total !== null && input !== null ? total - input : 0
  const apart = reasoning !== null && reasoning > completion ? completion + reasoning : 0
  return { outputTokens: Math.max(completion, beyondInput, apart), reasoningTokens: reasoning }
}

function atMost(part: number | null, whole: number | null): number | null {
  return part !== null && whole !== null ? Math.min(part, whole) : part
}
