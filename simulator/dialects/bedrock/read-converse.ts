import { z } from 'zod'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import { readMessages } from '../anthropic/read-messages.ts'
import type { Ask } from '../dialect.ts'
import { refuse } from './admit-bedrock.ts'
import { callOf } from './bedrock.ts'

const file = z.strictObject({
  format: z.string(),
  name: z
    .string()
    .regex(/^[a-zA-Z0-9()[\] -]{1,200}$/)
    .optional(),
  source: z.strictObject({ bytes: z.base64() }),
})
const cachePoint = z.strictObject({
  cachePoint: z.strictObject({ type: z.literal('default'), ttl: z.enum(['5m', '1h']).optional() }),
})
const text = z.strictObject({ text: z.string().min(1) })
const shown = z.union([text, z.strictObject({ image: file }), z.strictObject({ document: file })])
const id = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/)

const block = z.union([
  shown,
  cachePoint,
  z.strictObject({
    toolUse: z.strictObject({ toolUseId: id, name: z.string(), input: z.record(z.string(), z.unknown()) }),
  }),
  z.strictObject({
    toolResult: z.strictObject({
      toolUseId: id,
      content: z.array(shown).min(1),
      status: z.enum(['success', 'error']).optional(),
    }),
  }),
  z.strictObject({
    reasoningContent: z.union([
      z.strictObject({ reasoningText: z.strictObject({ text: z.string(), signature: z.string() }) }),
      z.strictObject({ redactedContent: z.base64() }),
    ]),
  }),
])

const schema = z.strictObject({
  messages: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.array(block).min(1) })).min(1),
  system: z.array(z.union([text, cachePoint])).optional(),
  inferenceConfig: z
    .strictObject({
      maxTokens: z.int().min(1),
      temperature: z.number().min(0).max(1),
      topP: z.number().min(0).max(1),
      stopSequences: z.array(z.string().min(1)).max(2500),
    })
    .partial()
    .optional(),
  toolConfig: z
    .strictObject({
      tools: z
        .array(
          z.union([
            cachePoint,
            z.strictObject({
              toolSpec: z.strictObject({
                name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
                description: z.string().min(1).optional(),
                inputSchema: z.strictObject({ json: z.record(z.string(), z.unknown()) }),
              }),
            }),
          ]),
        )
        .min(1),
      toolChoice: z
        .union([
          z.strictObject({ auto: z.strictObject({}) }),
          z.strictObject({ any: z.strictObject({}) }),
          z.strictObject({ tool: z.strictObject({ name: z.string() }) }),
        ])
        .optional(),
    })
    .optional(),
  additionalModelRequestFields: z.record(z.string(), z.unknown()).optional(),
})

type Request = z.output<typeof schema>

/** What a call of Converse asks for, or the 400 that Bedrock would answer; told as Anthropic's Messages, which it resembles. */
export function readConverse(body: unknown, url: string, tokenizer: Tokenizer): Ask {
  const found = schema.safeParse(body)
  if (!found.success) {
    const [issue] = found.error.issues
    throw refuse(
      400,
      'ValidationException',
      `The model returned the following errors: ${issue?.path.join('.')}: ${issue?.message}`,
    )
  }
  const request = found.data
  const { model, method } = callOf(url)!
  refuseDisorder(request)
  const { maxTokens = 4096, temperature, stopSequences } = request.inferenceConfig ?? {}
  const tools = request.toolConfig?.tools.flatMap((tool) => ('toolSpec' in tool ? [tool.toolSpec] : []))
  return readMessages(
    {
      model,
      stream: method === 'converse-stream',
      max_tokens: maxTokens,
      ...(temperature !== undefined && { temperature }),
      ...(stopSequences && { stop_sequences: stopSequences }),
      ...(request.system && {
        system: request.system.flatMap((part) => ('text' in part ? [{ type: 'text', ...part }] : [])),
      }),
      messages: request.messages.map(({ role, content }) => ({ role, content: content.flatMap(tell) })),
      ...(tools && {
        tools: tools.map(({ name, description, inputSchema }) => ({
          name,
          description,
          input_schema: inputSchema.json,
        })),
      }),
      ...choiceOf(request),
    },
    tokenizer,
  )
}

function refuseDisorder({ messages, toolConfig }: Request): void {
  const wrong = messages.findIndex(({ role }, index) => role !== (index % 2 === 0 ? 'user' : 'assistant'))
  if (wrong === 0) throw refuse(400, 'ValidationException', 'A conversation must start with a user message.')
  if (wrong > 0)
    throw refuse(400, 'ValidationException', 'A conversation must alternate between user and assistant roles.')
  const hasTools = messages.some(({ content }) => content.some((one) => 'toolUse' in one || 'toolResult' in one))
  if (hasTools && !toolConfig) {
    throw refuse(
      400,
      'ValidationException',
      'The toolConfig field must be defined when using toolUse and toolResult content blocks.',
    )
  }
}

function choiceOf({ toolConfig }: Request): object {
  const choice = toolConfig?.toolChoice
  if (!choice || 'auto' in choice) return {}
  return { tool_choice: 'any' in choice ? { type: 'any' } : { type: 'tool', name: choice.tool.name } }
}

function tell(one: z.output<typeof block>): object[] {
  if ('text' in one) return [{ type: 'text', text: one.text }]
  if ('image' in one) return [fileBlock('image', `image/${one.image.format}`, one.image.source.bytes)]
  if ('document' in one) return [fileBlock('document', 'application/pdf', one.document.source.bytes)]
  if ('toolUse' in one) {
    const { toolUseId, name, input } = one.toolUse
    return [{ type: 'tool_use', id: toolUseId, name, input }]
  }
  if ('toolResult' in one) {
    const { toolUseId, content, status } = one.toolResult
    return [
      { type: 'tool_result', tool_use_id: toolUseId, content: content.flatMap(tell), is_error: status === 'error' },
    ]
  }
  return []
}

function fileBlock(type: string, media_type: string, data: string): object {
  return { type, source: { type: 'base64', media_type, data } }
}
