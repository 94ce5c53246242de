import { cannotSay } from '../../../hub/cannot-say.ts'
import type {
  AssistantPart,
  Conversation,
  FilePart,
  TextPart,
  ToolResultPart,
  UserPart,
} from '../../../hub/conversation.ts'
import { urlOf } from '../../../hub/data-url.ts'
import { dropCached } from '../../../hub/drop-cached.ts'
import { effortOf } from '../../../hub/effort-of.ts'
import type { Drop } from '../../../hub/hub.ts'
import type { Target } from '../../dialect.ts'

type Item = Record<string, unknown>

/** The request for a response that asks the same; the vendor keeps nothing of it. */
export function writeConversation(conversation: Conversation, _target: Target, drop: Drop): Item {
  const { system, turns, tools, toolChoice, parallelTools, format, outputCap, reasoning, user, stream } = conversation
  if (conversation.stop.length > 0) throw cannotSay('stop')
  if (conversation.topK !== null) drop('top_k')
  if (conversation.seed !== null) drop('seed')
  if (conversation.frequencyPenalty) drop('frequency_penalty')
  if (conversation.presencePenalty) drop('presence_penalty')
  dropCached(conversation, drop)
  const effort = reasoning && effortOf(reasoning)
  return {
    input: turns.flatMap(({ role, parts }) => (role === 'user' ? writeUser(parts) : writeAssistant(parts, drop))),
    store: false,
    ...(system.length > 0 && { instructions: system.map(({ text }) => text).join('\n\n') }),
    ...(stream && { stream }),
    ...(outputCap !== null && { max_output_tokens: outputCap }),
    ...(conversation.temperature !== null && { temperature: conversation.temperature }),
    ...(conversation.topP !== null && { top_p: conversation.topP }),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters, isStrict }) => {
        return {
          type: 'function',
          name,
          ...(description !== null && { description }),
          parameters,
          strict: isStrict ?? false,
        }
      }),
    }),
    ...(toolChoice !== null && {
      tool_choice: typeof toolChoice === 'string' ? toolChoice : { type: 'function', name: toolChoice.name },
    }),
    ...(parallelTools !== null && { parallel_tool_calls: parallelTools }),
    ...(format && { text: { format: writeFormat(format) } }),
    ...(reasoning && { reasoning: { ...(effort && { effort }), ...(reasoning.isShown && { summary: 'auto' }) } }),
    // Without it a thought cannot be given back, since nothing is kept.
    ...(reasoning && { include: ['reasoning.encrypted_content'] }),
    ...(user && { safety_identifier: user }),
  }
}

function writeFormat({ name, description, schema, isStrict }: NonNullable<Conversation['format']>): Item {
  if (schema === null) return { type: 'json_object' }
  return { type: 'json_schema', name, schema, strict: isStrict ?? false, ...(description !== null && { description }) }
}

function writeUser(parts: readonly UserPart[]): Item[] {
  const items: Item[] = []
  const said: Item[] = []
  for (const part of parts) {
    if (part.type !== 'tool result') said.push(writePart(part))
    else items.push({ type: 'function_call_output', call_id: part.id, output: writeOutput(part) })
  }
  return said.length > 0 ? [...items, { type: 'message', role: 'user', content: said }] : items
}

/** A result that is an error says so in its words: it has no other mark here. */
function writeOutput({ parts, isError }: ToolResultPart): Item[] {
  const said = parts.map(writePart)
  if (!isError) return said
  const [first, ...rest] = said
  return first?.type === 'input_text'
    ? [{ ...first, text: `Error: ${first.text}` }, ...rest]
    : [{ type: 'input_text', text: 'Error: ' }, ...said]
}

function writePart(part: TextPart | FilePart): Item {
  if (part.type === 'text') return { type: 'input_text', text: part.text }
  if (part.mediaType.startsWith('image/')) {
    return { type: 'input_image', image_url: urlOf(part), detail: part.detail ?? 'auto' }
  }
  if ('url' in part.data) return { type: 'input_file', file_url: part.data.url }
  return { type: 'input_file', filename: part.name ?? 'document.pdf', file_data: urlOf(part) }
}

function writeAssistant(parts: readonly AssistantPart[], drop: Drop): Item[] {
  return parts.flatMap<Item>((part) => {
    switch (part.type) {
      case 'text':
        return [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: part.text }] }]
      case 'tool call':
        return [{ type: 'function_call', call_id: part.id, name: part.name, arguments: part.input }]
      case 'reasoning': {
        // Thoughts of other models mean nothing here.
        if (part.seal?.origin !== 'openai-responses') {
          drop(part.field)
          return []
        }
        const summary = part.text === '' ? [] : [{ type: 'summary_text', text: part.text }]
        return [{ type: 'reasoning', summary, encrypted_content: part.seal.value }]
      }
      default:
        return []
    }
  })
}
