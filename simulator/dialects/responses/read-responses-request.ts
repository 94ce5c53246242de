import { z } from 'zod'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import type { Ask } from '../dialect.ts'
import { readAsChat } from '../read-as-chat.ts'
import { refuse } from '../refuse.ts'
import { refuseLooseItems } from './refuse-loose-items.ts'
import { tellItems } from './tell-items.ts'

const item = z.looseObject({ type: z.string().optional(), role: z.string().optional() })
export type Item = z.infer<typeof item>

// A search for tools has no name.
const tool = z.looseObject({
  type: z.string(),
  name: z.string().default('tool_search'),
  parameters: z.unknown().optional(),
})
const given = z.array(tool.extend({ tools: z.array(tool).optional() }))

const requestSchema = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(item).min(1)]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  tools: given.nullish(),
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
  const functions = [...(tools ?? []), ...items.flatMap(toolsAdded)].flatMap(({ name, tools: members, ...one }) => {
    for (const member of members ?? []) namespaces.set(member.name, name)
    return members ?? [{ name, ...one }]
  })
  const ask = readAsChat(
    {
      model,
      max_completion_tokens: max_output_tokens,
      stream,
      messages: [...(instructions ? [{ role: 'system', content: instructions }] : []), ...tellItems(items)],
      tools:
        functions.length === 0
          ? undefined
          : functions.map(({ name, parameters }) => ({ type: 'function', function: { name, parameters } })),
      tool_choice:
        typeof tool_choice === 'object' && tool_choice
          ? { type: 'function', function: { name: tool_choice.name } }
          : tool_choice,
      parallel_tool_calls: found.data.parallel_tool_calls,
      response_format: format && format.type === 'json_schema' ? { type: format.type, json_schema: format } : format,
    },
    tokenizer,
  )
  const freeform = new Set(functions.flatMap(({ type, name }) => (type === 'custom' ? name : [])))
  return {
    ...ask,
    tools: ask.tools.map((called) => ({ ...called, isFreeform: freeform.has(called.name) })),
    namespaces,
    wantsUsage: true,
    showsThought: reasoning?.effort != null && reasoning.effort !== 'none',
  }
}

/** Tools that come in the middle of a talk. */
function toolsAdded(item: Item): z.infer<typeof given> {
  return item.type === 'additional_tools' ? given.parse(item.tools) : []
}
