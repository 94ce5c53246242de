import { z } from 'zod'
import { Refused } from '../../faults/refusal.ts'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import type { Ask } from '../dialect.ts'
import { readAsChat } from '../read-as-chat.ts'
import { sealThought, thought } from '../thought.ts'

const item = z.looseObject({ type: z.string().optional(), role: z.string().optional() })
type Item = z.infer<typeof item>

const requestSchema = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(item).min(1)]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  tools: z.array(z.looseObject({ type: z.string(), name: z.string(), parameters: z.unknown().optional() })).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({ name: z.string().optional() })]).nullish(),
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
  for (const [index, one] of items.entries()) refuseForgedThought(one, index)
  const format = text?.format
  const ask = readAsChat(
    {
      model,
      max_completion_tokens: max_output_tokens,
      stream,
      messages: [...(instructions ? [{ role: 'system', content: instructions }] : []), ...items.flatMap(tell)],
      tools: tools?.map(({ name, parameters }) => ({ type: 'function', function: { name, parameters } })),
      tool_choice:
        typeof tool_choice === 'object' && tool_choice
          ? { type: 'function', function: { name: tool_choice.name } }
          : tool_choice,
      response_format: format && format.type === 'json_schema' ? { type: format.type, json_schema: format } : format,
    },
    tokenizer,
  )
  return { ...ask, wantsUsage: true, showsThought: reasoning?.effort != null && reasoning.effort !== 'none' }
}

/** Only a thought that we sealed comes back to us. */
function refuseForgedThought({ type, encrypted_content: sealed }: Item, index: number): void {
  if (type === 'reasoning' && sealed != null && sealed !== sealThought(thought)) {
    throw refuse(`The encrypted content of input[${index}] could not be verified.`)
  }
}

/** As messages of a chat. */
function tell({ type = 'message', role, content, call_id, name, arguments: json, output }: Item): object[] {
  if (type === 'message') return [{ role, content: typeof content === 'string' ? content : partsOf(content) }]
  if (type === 'function_call') {
    return [{ role: 'assistant', tool_calls: [{ id: call_id, type: 'function', function: { name, arguments: json } }] }]
  }
  if (type !== 'function_call_output') return []
  return [{ role: 'tool', tool_call_id: call_id, content: typeof output === 'string' ? output : partsOf(output) }]
}

function partsOf(content: unknown): object[] {
  return (Array.isArray(content) ? content : []).map(({ type, text }) =>
    type === 'input_image' ? { type: 'image_url', image_url: {} } : { type: 'text', text: text ?? '' },
  )
}

function refuse(message: string): Refused {
  return new Refused({ status: 400, code: null, type: 'invalid_request_error', message })
}
