import { answerToolName } from '../../../hub/answer-tool.ts'
import { cannotSay } from '../../../hub/cannot-say.ts'
import type { Conversation, Format, Tool } from '../../../hub/conversation.ts'
import type { Drop } from '../../../hub/hub.ts'
import type { Target } from '../../dialect.ts'
import { fitThinking } from '../fit-thinking.ts'
import { isUnsampled, takesSchema } from './models.ts'
import { strictSchema } from './strict-schema.ts'
import { writeThinking } from './write-thinking.ts'
import { writeCached, writeText, writeTurns } from './write-turns.ts'

/** The messages that ask the same. */
export function writeConversation(conversation: Conversation, target: Target, drop: Drop): Record<string, unknown> {
  const { system, tools, format, outputCap, stop, user, stream } = conversation
  if (conversation.seed !== null) drop('seed')
  if (conversation.frequencyPenalty) drop('frequency_penalty')
  if (conversation.presencePenalty) drop('presence_penalty')
  const isNative = format?.isStrict === true && takesSchema(target.upstreamModel)
  // Whoever has to call a tool has no answer to give yet.
  const isCalling = conversation.toolChoice === 'required' || typeof conversation.toolChoice === 'object'
  const mustCall = tools.length > 0 && conversation.toolChoice !== null && isCalling
  const answerTool = format && !isNative && !mustCall ? answerToolFor(format, tools) : null
  const choice = answerTool ? answerChoice(conversation) : writeChoice(conversation)
  const thinking = writeThinking(conversation, target, isForced(choice), drop)
  const effort = thinking.effort && { effort: thinking.effort }
  const output =
    isNative && format ? { ...effort, format: { type: 'json_schema', schema: strictSchema(format.schema) } } : effort
  const body = fitThinking({
    ...(outputCap !== null && { max_tokens: outputCap }),
    ...(stream && { stream }),
    ...(system.length > 0 && { system: system.map(writeText) }),
    messages: writeTurns(conversation, thinking.thinking !== null, drop),
    ...((tools.length > 0 || answerTool) && {
      tools: [...tools.map((tool) => writeTool(tool, target, drop)), ...(answerTool ? [answerTool] : [])],
    }),
    ...(choice && { tool_choice: choice }),
    ...(stop.length > 0 && { stop_sequences: readableStops(stop) }),
    ...(thinking.thinking && { thinking: thinking.thinking }),
    ...(output && { output_config: output }),
    ...(user && { metadata: { user_id: user } }),
    ...writeSampling(conversation, target, thinking.thinking !== null, drop),
  })
  // Its cap leaves no room to think in.
  if (thinking.thinking && body.thinking === undefined) drop('reasoning')
  return body
}

/** Anthropic refuses stops of white space only. */
function readableStops(stop: string[]): string[] {
  if (stop.some((text) => text.trim() === '')) throw cannotSay('stop', 'Send stops that are more than white space')
  return stop
}

function writeTool(tool: Tool, { upstreamModel }: Target, drop: Drop): Record<string, unknown> {
  const isStrict = tool.isStrict === true && takesSchema(upstreamModel)
  if (tool.isStrict && !isStrict) drop('strict')
  return {
    name: tool.name,
    ...(tool.description !== null && { description: tool.description }),
    input_schema: tool.isStrict ? strictSchema(tool.parameters) : tool.parameters,
    ...(isStrict && { strict: true }),
    ...writeCached(tool.cachedFor),
  }
}

type Choice = Record<string, unknown> | null

function writeChoice({ tools, toolChoice, parallelTools }: Conversation): Choice {
  if (tools.length === 0) return null
  const alone = parallelTools === false ? { disable_parallel_tool_use: true } : {}
  if (toolChoice === 'none') return { type: 'none' }
  if (toolChoice === 'required') return { type: 'any', ...alone }
  if (toolChoice !== null && toolChoice !== 'auto') return { type: 'tool', name: toolChoice.name, ...alone }
  return toolChoice === 'auto' || parallelTools === false ? { type: 'auto', ...alone } : null
}

function isForced(choice: Choice): boolean {
  return choice?.type === 'any' || choice?.type === 'tool'
}

function answerToolFor({ schema, description }: Format, tools: Tool[]): Record<string, unknown> {
  return {
    name: answerToolName,
    description: description ?? `Gives the answer${tools.length > 0 ? ', once no other tool is needed' : ''}.`,
    input_schema: schema ?? { type: 'object', additionalProperties: true },
  }
}

function answerChoice({ tools, toolChoice }: Conversation): Choice {
  return tools.length > 0 && toolChoice !== 'none'
    ? { type: 'any', disable_parallel_tool_use: true }
    : { type: 'tool', name: answerToolName, disable_parallel_tool_use: true }
}

/** Anthropic takes one of temperature and top_p, a temperature up to 1, and nothing of it where it thinks. */
function writeSampling(conversation: Conversation, { upstreamModel }: Target, isThinking: boolean, drop: Drop) {
  const { temperature, topP, topK } = conversation
  const wanted = { temperature, top_p: temperature === null && topP !== 1 ? topP : null, top_k: topK }
  if (temperature !== null && topP !== null && topP !== 1) drop('top_p')
  const sampled: Record<string, number> = {}
  for (const [name, value] of Object.entries(wanted)) {
    if (value === null) continue
    if (isThinking || isUnsampled(upstreamModel)) drop(name)
    else sampled[name] = name === 'temperature' ? Math.min(value, 1) : value
  }
  if (sampled.temperature !== undefined && sampled.temperature !== temperature) drop('temperature above 1')
  return sampled
}
