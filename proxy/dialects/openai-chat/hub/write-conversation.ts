import { cannotSay } from '../../../hub/cannot-say.ts'
import type { Conversation, Tool } from '../../../hub/conversation.ts'
import { dropCached } from '../../../hub/drop-cached.ts'
import type { Drop } from '../../../hub/hub.ts'
import type { Target } from '../../dialect.ts'
import { quirksOf } from '../quirks.ts'
import { isThinker } from './is-thinker.ts'
import { writeMessages } from './write-messages.ts'
import { writeThinking } from './write-thinking.ts'

/** As many as OpenAI takes. */
const mostStops = 4

/** The chat that asks the same. */
export function writeConversation(conversation: Conversation, target: Target, drop: Drop): Record<string, unknown> {
  const { tools, toolChoice, parallelTools, format, outputCap, stop, reasoning, user, stream } = conversation
  if (stop.length > mostStops) throw cannotSay('stop', `Send ${mostStops} at most`)
  if (conversation.topK !== null) drop('top_k')
  dropCached(conversation, drop)
  const thinking = reasoning && writeThinking(reasoning, stream, target, drop)
  const { cap } = quirksOf(target.vendor)
  // Models that think take no sampling.
  const isSampled = !isThinker(target.upstreamModel)
  const sampled = { temperature: conversation.temperature, top_p: conversation.topP }
  if (!isSampled) {
    for (const [name, value] of Object.entries(sampled))
      if (value !== null && !(name === 'top_p' && value === 1)) drop(name)
  }
  return withoutNulls({
    messages: writeMessages(conversation, target, drop),
    stream: stream || null,
    max_tokens: cap === 'newer' ? null : outputCap,
    max_completion_tokens: cap === 'newer' ? outputCap : null,
    stop: stop.length > 0 ? stop : null,
    ...(isSampled && sampled),
    seed: conversation.seed,
    frequency_penalty: conversation.frequencyPenalty,
    presence_penalty: conversation.presencePenalty,
    tools: tools.length > 0 ? tools.map(writeTool) : null,
    tool_choice: tools.length > 0 && toolChoice !== null ? writeChoice(toolChoice) : null,
    parallel_tool_calls: tools.length > 0 ? parallelTools : null,
    response_format: format && writeFormat(format),
    ...thinking,
    user,
  })
}

function writeTool({ name, description, parameters, isStrict }: Tool) {
  return { type: 'function', function: withoutNulls({ name, description, parameters, strict: isStrict }) }
}

function writeChoice(choice: NonNullable<Conversation['toolChoice']>): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } }
}

function writeFormat({ name, description, schema, isStrict }: NonNullable<Conversation['format']>): unknown {
  if (schema === null) return { type: 'json_object' }
  return { type: 'json_schema', json_schema: withoutNulls({ name, description, schema, strict: isStrict }) }
}

function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}
