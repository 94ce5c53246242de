import { z } from 'zod'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import type { Ask } from '../dialect.ts'
import { readAsChat } from '../read-as-chat.ts'
import { refuse } from '../refuse.ts'
import { refuseLooseItems } from './refuse-loose-items.ts'
import { tellItems } from './tell-items.ts'

const item = z.looseObject({ type: z.string().optional(), role: z.string().optional() })
export type Item = z.infer<typeof item>

const tool = z.looseObject({ type: z.string(), name: z.string(), parameters: z.unknown().optional() })

const requestSchema = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(item).min(1)]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  tools: z.array(tool.extend({ tools: z.array(tool).optional() })).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({ name: z.string().optional() })]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z.looseObject({ format: z.looseObject({ type: z.string() }).optional() }).nullish(),
  reasoning: z.looseObject({ effort: z.string().nullish() }).nullish(),
})

/** What a request for a response asks for, or the 400 that OpenAI would answer. */
export function readResponsesRequest(body: unknown, tokenizer: Tokenizer): Ask {
  const found = requestSchema.safeParse(body)
  if (!found.success) {
    const [issue] = found.error.issues
    throw refuse(`Invalid '${issue?.path.join('.')}': ${issue?.message}.`)
  }
  const { model, input, instructions, stream, max_output_tokens, tools, tool_choice, text, reasoning } = found.data
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : input
  refuseLooseItems(items)
  const format = text?.format
  const namespaces = new Map<string, string>()
  const functions = (tools ?? []).flatMap(({ name, tools: members, ...one }) => {
    for (const member of members ?? []) namespaces.set(member.name, name)
    return members ?? [{ name, ...one }]
  })
  const ask = readAsChat(
    {
      model,
      max_completion_tokens: max_output_tokens,
      stream,
      messages: [...(instructions ? [{ role: 'system', content: instructions }] : []), ...tellItems(items)],
      tools: tools && functions.map(({ name, parameters }) => ({ type: 'function', function: { name, parameters } })),
      tool_choice:
        typeof tool_choice === 'object' && tool_choice
          ? { type: 'function', function: { name: tool_choice.name } }
          : tool_choice,
      parallel_tool_calls: found.data.parallel_tool_calls,
      response_format: format && format.type === 'json_schema' ? { type: format.type, json_schema: format } : format,
    },
    tokenizer,
  )
  return {
    ...ask,
    namespaces,
    wantsUsage: true,
    showsThought: reasoning?.effort != null && reasoning.effort !== 'none',
  }
}
