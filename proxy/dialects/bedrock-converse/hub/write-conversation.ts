import { answerToolName } from '../../../hub/answer-tool.ts'
import { cannotSay } from '../../../hub/cannot-say.ts'
import type { Conversation, Format, Tool } from '../../../hub/conversation.ts'
import { dropCached } from '../../../hub/drop-cached.ts'
import { effortOf } from '../../../hub/effort-of.ts'
import type { Drop } from '../../../hub/hub.ts'
import type { Target } from '../../dialect.ts'
import { canCache, takesTopK, thinkingFields } from './models.ts'
import { type Block, withCachePoint, writeTurns } from './write-turns.ts'

/** The call of Converse that asks the same. */
export function writeConversation(conversation: Conversation, target: Target, drop: Drop): Record<string, unknown> {
  const { system, stream } = conversation
  const isCaching = canCache(target.upstreamModel)
  if (!isCaching) dropCached(conversation, drop)
  for (const [field, value] of dropped(conversation)) if (value !== null) drop(field)
  const toolConfig = writeTools(conversation, isCaching, drop)
  const more = writeMore(conversation, target, drop)
  return {
    messages: writeTurns(conversation, isCaching, drop),
    ...(stream && { stream }),
    ...(system.length > 0 && {
      system: system.flatMap((part) => withCachePoint({ text: part.text }, part.cachedFor, isCaching)),
    }),
    inferenceConfig: writeInference(conversation),
    ...(toolConfig && { toolConfig }),
    ...(Object.keys(more).length > 0 && { additionalModelRequestFields: more }),
  }
}

function dropped({ seed, frequencyPenalty, presencePenalty, user }: Conversation): [string, unknown][] {
  return [
    ['seed', seed],
    ['frequency_penalty', frequencyPenalty],
    ['presence_penalty', presencePenalty],
    ['user', user],
  ]
}

function writeInference({ outputCap, temperature, topP, stop }: Conversation): Record<string, unknown> {
  return {
    ...(outputCap !== null && { maxTokens: outputCap }),
    ...(temperature !== null && { temperature: Math.min(temperature, 1) }),
    ...(topP !== null && { topP }),
    ...(stop.length > 0 && { stopSequences: stop }),
  }
}

/** What only some models know, in their own words. */
function writeMore({ topK, reasoning }: Conversation, { upstreamModel }: Target, drop: Drop): Record<string, unknown> {
  const thinking = reasoning && thinkingFields(upstreamModel, effortOf(reasoning))
  if (reasoning && !thinking && reasoning.effort !== 'none') drop('reasoning')
  if (topK !== null && !takesTopK(upstreamModel)) drop('top_k')
  return { ...thinking, ...(topK !== null && takesTopK(upstreamModel) && { top_k: topK }) }
}

function writeTools(conversation: Conversation, isCaching: boolean, drop: Drop): Record<string, unknown> | null {
  const { tools, toolChoice, parallelTools, format } = conversation
  if (parallelTools === false && tools.length > 0) drop('parallel_tool_calls')
  const own = tools.flatMap((tool) => withCachePoint(writeTool(tool), tool.cachedFor, isCaching))
  // No model of Bedrock takes a schema alike; a tool that has to be called they all do.
  const answer = format && toolChoice === null ? answerTool(format) : null
  if (format && !answer) throw cannotSay('response_format', 'Leave out tool_choice')
  if (answer) {
    const choice = tools.length > 0 ? { any: {} } : { tool: { name: answerToolName } }
    return { tools: [...own, answer], toolChoice: choice }
  }
  if (tools.length === 0) return null
  if (toolChoice === 'none') return withoutCall(conversation, own)
  return { tools: own, ...(toolChoice !== null && { toolChoice: writeChoice(toolChoice) }) }
}

/** It cannot be told to call none of its tools; only not to have any, where none was called so far. */
function withoutCall({ turns }: Conversation, tools: Block[]): Record<string, unknown> | null {
  const hasCalls = turns.some(({ parts }) => parts.some(({ type }) => type === 'tool call' || type === 'tool result'))
  if (hasCalls) throw cannotSay('tool_choice', `Let it choose among its ${tools.length} tools`)
  return null
}

function writeChoice(choice: Exclude<Conversation['toolChoice'], 'none' | null>): Record<string, unknown> {
  if (choice === 'auto') return { auto: {} }
  return choice === 'required' ? { any: {} } : { tool: { name: choice.name } }
}

function writeTool({ name, description, parameters }: Tool): Block {
  const json = parameters ?? { type: 'object', properties: {} }
  return { toolSpec: { name, ...(description && { description }), inputSchema: { json } } }
}

function answerTool({ schema, description }: Format): Block {
  return {
    toolSpec: {
      name: answerToolName,
      description: description ?? 'Gives the answer, once no other tool is needed.',
      inputSchema: { json: schema ?? { type: 'object', additionalProperties: true } },
    },
  }
}
