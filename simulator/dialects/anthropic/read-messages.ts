import { z } from 'zod'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import type { Ask } from '../dialect.ts'
import { readAsChat } from '../read-as-chat.ts'
import { refuse } from '../refuse.ts'
import { refuseLooseBlocks } from './refuse-loose-blocks.ts'

const block = z.looseObject({ type: z.string() })
export type Block = z.infer<typeof block>

const content = z.union([z.string(), z.array(block)])

const requestSchema = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content })).min(1),
  system: content.nullish(),
  stream: z.boolean().nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  temperature: z.number().min(0).max(1).nullish(),
  tools: z
    .array(z.looseObject({ name: z.string(), input_schema: z.looseObject({ type: z.literal('object') }) }))
    .nullish(),
  tool_choice: z.looseObject({ type: z.enum(['auto', 'any', 'tool', 'none']), name: z.string().optional() }).nullish(),
  thinking: z.looseObject({ type: z.string(), budget_tokens: z.int().min(1024).optional() }).nullish(),
  output_config: z.looseObject({ format: z.looseObject({ schema: z.unknown() }).optional() }).nullish(),
})

type Request = z.infer<typeof requestSchema>

/** What the messages ask for, or the 400 that Anthropic would answer. */
export function readMessages(body: unknown, tokenizer: Tokenizer): Ask {
  const found = requestSchema.safeParse(body)
  if (!found.success) {
    const [issue] = found.error.issues
    throw refuse(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  const request = found.data
  refuseContradictions(request)
  const { model, max_tokens, stream, stop_sequences, tools, tool_choice, output_config } = request
  const ask = readAsChat(
    {
      model,
      max_tokens,
      stream,
      messages: [
        ...(request.system ? [{ role: 'system', content: textOf(request.system) }] : []),
        ...request.messages.flatMap(({ role, content }) => tell(role, blocksOf(content))),
      ],
      stop: stop_sequences?.slice(0, 4),
      tools: tools?.map(({ name, input_schema }) => ({
        type: 'function',
        function: { name, parameters: input_schema },
      })),
      tool_choice: tool_choice && choiceOf(tool_choice),
      parallel_tool_calls: tool_choice?.disable_parallel_tool_use === true ? false : undefined,
      response_format: output_config?.format && {
        type: 'json_schema',
        json_schema: { name: 'answer', schema: output_config.format.schema },
      },
    },
    tokenizer,
  )
  return { ...ask, wantsUsage: true, showsThought: isThinking(request) }
}

function isThinking({ thinking }: Request): boolean {
  return thinking?.type === 'enabled' || thinking?.type === 'adaptive'
}

/** As strict as Anthropic is where others are not. */
function refuseContradictions(request: Request): void {
  const { messages, max_tokens, thinking, tool_choice, temperature } = request
  if (messages[0]?.role !== 'user') throw refuse('messages: first message must use the "user" role')
  refuseLooseBlocks(messages.map(({ role, content }) => ({ role, blocks: blocksOf(content) })))
  if (!isThinking(request)) return
  if ((thinking?.budget_tokens ?? 0) >= max_tokens)
    throw refuse('`max_tokens` must be greater than `thinking.budget_tokens`')
  if (tool_choice?.type === 'any' || tool_choice?.type === 'tool') {
    throw refuse('Thinking may not be enabled when tool_choice forces tool use.')
  }
  if (temperature != null && temperature !== 1)
    throw refuse('`temperature` may only be set to 1 when thinking is enabled.')
  const last = messages.findLast(({ role }) => role === 'assistant')
  const [first, ...rest] = blocksOf(last?.content ?? [])
  if (first && first.type !== 'thinking' && [first, ...rest].some(({ type }) => type === 'tool_use')) {
    throw refuse('When `thinking` is enabled, a final `assistant` message must start with a thinking block')
  }
}

function choiceOf({ type, name }: NonNullable<Request['tool_choice']>): unknown {
  if (type === 'tool') return { type: 'function', function: { name } }
  return type === 'any' ? 'required' : type
}

function blocksOf(content: string | Block[]): Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}

function textOf(content: unknown): string {
  const blocks = typeof content === 'string' ? [{ text: content }] : Array.isArray(content) ? content : []
  return blocks.flatMap(({ text }) => (typeof text === 'string' ? text : [])).join('\n')
}

/** As messages of a chat: results of tools are messages of their own. */
function tell(role: string, blocks: Block[]): object[] {
  const calls = blocks.flatMap(({ type, id, name, input }) =>
    type === 'tool_use' ? [{ id, type: 'function', function: { name, arguments: JSON.stringify(input) } }] : [],
  )
  const results = blocks.flatMap(({ type, tool_use_id, content }) =>
    type === 'tool_result' ? [{ role: 'tool', tool_call_id: tool_use_id, content: textOf(content) }] : [],
  )
  const said = blocks.flatMap<object>(({ type, text }) => {
    if (type === 'text') return [{ type, text }]
    return type === 'image' ? [{ type: 'image_url', image_url: {} }] : []
  })
  if (said.length === 0 && calls.length === 0) return results
  return [...results, { role, content: said, ...(calls.length > 0 && { tool_calls: calls }) }]
}
