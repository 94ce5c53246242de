import type { Conversation, Effort } from '../../../hub/conversation.ts'
import type { Drop } from '../../../hub/hub.ts'
import type { Target } from '../../dialect.ts'
import { canThink, thinksAdaptively } from './models.ts'

/** Tokens to think in, for callers who say only how hard. */
const budgetOf: Record<Effort, number> = {
  none: 0,
  minimal: 1024,
  low: 4096,
  medium: 12_288,
  high: 24_576,
  xhigh: 32_768,
}

interface Thinking {
  thinking: Record<string, unknown> | null
  effort: string | null
}

const nothing: Thinking = { thinking: null, effort: null }

/** How the model is told to think, where it can be. */
export function writeThinking(conversation: Conversation, target: Target, isToolForced: boolean, drop: Drop): Thinking {
  const { reasoning } = conversation
  if (reasoning === null || reasoning.effort === 'none') return nothing
  // Anthropic lets no model think that has to call a tool, or whose earlier thoughts of the same task are gone.
  if (!canThink(target.upstreamModel) || isToolForced || lacksThoughts(conversation)) {
    drop('reasoning')
    return nothing
  }
  if (thinksAdaptively(target.upstreamModel)) {
    return { thinking: { type: 'adaptive', display: 'summarized' }, effort: effortWord(reasoning.effort) }
  }
  const budget = reasoning.budgetTokens ?? budgetOf[reasoning.effort ?? 'medium']
  return { thinking: { type: 'enabled', budget_tokens: Math.max(budget, budgetOf.minimal) }, effort: null }
}

function effortWord(effort: Effort | null): string | null {
  if (effort === 'minimal') return 'low'
  return effort === 'xhigh' ? 'max' : effort
}

/** A task that is under way, with a tool called and answered, without the thought that called it. */
function lacksThoughts({ turns }: Conversation): boolean {
  const results = turns.at(-1)
  const calls = turns.at(-2)
  if (results?.role !== 'user' || !results.parts.some(({ type }) => type === 'tool result')) return false
  if (calls?.role !== 'assistant') return false
  return !calls.parts.some((part) => part.type === 'reasoning' && part.seal?.origin === 'anthropic-messages')
}
