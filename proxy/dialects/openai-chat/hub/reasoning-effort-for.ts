import type { Effort, Reasoning } from '../../../hub/conversation.ts'
import { effortOf } from '../../../hub/effort-of.ts'
import type { Drop } from '../../../hub/hub.ts'
import type { Target } from '../../dialect.ts'

/** Models that are known to take `reasoning_effort`, and the least that each can be asked for. */
const least: readonly [RegExp, Effort][] = [
  [/^(?:openai\/)?gpt-5\.\d/, 'none'],
  [/^(?:openai\/)?gpt-5/, 'minimal'],
  [/^(?:openai\/)?o[1-9](?:-|$)/, 'low'],
  [/gpt-oss|^grok-3-mini/, 'low'],
]

/** How hard a model is asked to think; null where it cannot be told, which is noted. */
export function reasoningEffortFor(reasoning: Reasoning, { upstreamModel }: Target, drop: Drop): Effort | null {
  const effort = effortOf(reasoning)
  if (effort === null) return null
  const floor = least.find(([name]) => name.test(upstreamModel))?.[1]
  if (floor === undefined) {
    // A model that does not think does what it is asked.
    if (effort !== 'none') drop('reasoning')
    return null
  }
  // It thinks all the same, as little as it can.
  if (effort === 'none' && floor !== 'none') drop('reasoning')
  if (effort === 'none' || effort === 'minimal') return floor
  return effort === 'xhigh' ? 'high' : effort
}
