import type { Reasoning } from '../../../hub/conversation.ts'
import { effortOf } from '../../../hub/effort-of.ts'
import type { Drop } from '../../../hub/hub.ts'
import type { Target } from '../../dialect.ts'
import { type Quirks, quirksOf } from '../quirks.ts'
import { reasoningEffortFor } from './reasoning-effort-for.ts'

type Fields = Record<string, unknown>

interface Way {
  /** Models that can be told so; all others by their effort, if at all. */
  models: RegExp
  write(isOn: boolean, reasoning: Reasoning): Fields
}

const ways: Readonly<Record<Exclude<Quirks['thinking'], 'effort'>, Way>> = {
  switch: {
    models: /deepseek-(?:chat|v3[.-][1-9]|v4)|glm-(?:4\.[5-9]|[5-9])|kimi-k2\.[5-9]|doubao-seed|^ep-/i,
    write: (isOn) => ({ thinking: { type: isOn ? 'enabled' : 'disabled' } }),
  },
  flag: {
    models: /qwen3(?!.*(?:instruct|coder))|^qwen-(?:plus|turbo|flash)|glm-4\.[5-9]|deepseek-v3\.[1-9]|hunyuan-a/i,
    write: (isOn, { budgetTokens }) => ({
      enable_thinking: isOn,
      ...(isOn && budgetTokens !== null && { thinking_budget: budgetTokens }),
    }),
  },
  template: {
    models: /qwen3(?!.*(?:instruct|coder))|glm-4\.[5-9]/i,
    write: (isOn) => ({ chat_template_kwargs: { enable_thinking: isOn } }),
  },
  object: {
    models: /./,
    write(isOn, { budgetTokens, effort }) {
      if (!isOn) return { reasoning: { enabled: false } }
      return { reasoning: budgetTokens === null ? { effort: effort ?? 'medium' } : { max_tokens: budgetTokens } }
    },
  },
}

/** How the vendor is told to think; nothing where it cannot be, which is noted. */
export function writeThinking(reasoning: Reasoning, isStream: boolean, target: Target, drop: Drop): Fields {
  const { thinking, thinksInStreamsOnly } = quirksOf(target.vendor)
  const way = thinking === 'effort' ? null : ways[thinking]
  if (!way?.models.test(target.upstreamModel)) return { reasoning_effort: reasoningEffortFor(reasoning, target, drop) }
  const isOn = effortOf(reasoning) !== 'none'
  if (isOn && !isStream && thinksInStreamsOnly?.test(target.upstreamModel)) {
    drop('reasoning')
    return {}
  }
  return way.write(isOn, reasoning)
}
