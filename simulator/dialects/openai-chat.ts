import type { Behaviour } from '../behaviour.ts'
import { composeAnswer } from '../compose-answer.ts'
import { countPrompt, piecesOf, textOf, tokensOf } from '../tokens.ts'

/** The part of a chat request that the stand-in looks at. */
export interface ChatRequest {
  model: string
  messages: { role?: unknown; content?: unknown; name?: unknown }[]
  stream?: boolean
  stream_options?: { include_usage?: boolean }
  max_tokens?: number
  max_completion_tokens?: number
  n?: number
  stop?: string | string[]
  tools?: { function?: { name?: string } }[]
  tool_choice?: unknown
  response_format?: { type?: string }
}

export interface ChatAnswer {
  promptTokens: number
  completionTokens: number
  usage: Record<string, unknown>
  /** The body of a plain answer. */
  body: Record<string, unknown>
  /** The data of each event of a stream, and how many output tokens it carries. */
  events: { data: string; tokens: number }[]
}

/** What an honest vendor of OpenAI's dialect answers. */
export function answerChat(request: ChatRequest, behaviour: Behaviour, id: string, createdAt: number): ChatAnswer {
  const promptTokens = countPrompt(request.messages, request.tools)
  const cap = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY
  const choices = Array.from({ length: request.n ?? 1 }, () => composeChoice(request, behaviour, cap))
  const completionTokens = choices.reduce((sum, choice) => sum + choice.tokens, 0)
  const usage = behaviour.reportedUsage ?? {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  }
  const head = { id, created: createdAt, model: request.model, system_fingerprint: 'fp_simulator' }
  return {
    promptTokens,
    completionTokens,
    usage,
    body: {
      ...head,
      object: 'chat.completion',
      choices: choices.map((choice, index) => ({
        index,
        message: { role: 'assistant', ...choice.message, refusal: null },
        logprobs: null,
        finish_reason: choice.finishReason,
      })),
      usage,
    },
    events: request.stream ? streamOf(request, choices, head, usage) : [],
  }
}

interface Choice {
  message: { content: string | null; tool_calls?: object[] }
  pieces: string[]
  toolName: string | null
  tokens: number
  finishReason: 'stop' | 'length' | 'tool_calls'
}

function composeChoice(request: ChatRequest, behaviour: Behaviour, cap: number): Choice {
  const prompt = textOf(request.messages.at(-1)?.content)
  const toolName = calledTool(request)
  const whole = toolName
    ? '{"query":"weather in Hangzhou"}'
    : request.response_format?.type?.startsWith('json')
      ? '{"answer":"yes"}'
      : cutAtStop(composeAnswer(prompt, behaviour.outputTokens), request.stop)
  const length = Math.min(cap, behaviour.outputTokens ?? Number.POSITIVE_INFINITY, tokensOf(whole).length)
  const pieces = piecesOf(whole, length)
  const content = pieces.join('')
  const isCut = length < tokensOf(whole).length && length === cap
  return {
    message: toolName
      ? {
          content: null,
          tool_calls: [{ id: 'call_simulated', type: 'function', function: { name: toolName, arguments: content } }],
        }
      : { content },
    pieces,
    toolName,
    tokens: length,
    finishReason: isCut ? 'length' : toolName ? 'tool_calls' : 'stop',
  }
}

function calledTool(request: ChatRequest): string | null {
  if (!request.tools?.length || request.tool_choice === 'none') return null
  const forced = (request.tool_choice as { function?: { name?: string } } | undefined)?.function?.name
  const asksForIt = /\btool\b|weather|天气/i.test(textOf(request.messages.at(-1)?.content))
  if (forced) return forced
  return request.tool_choice === 'required' || asksForIt ? (request.tools[0]?.function?.name ?? null) : null
}

function cutAtStop(text: string, stop: ChatRequest['stop']): string {
  const ends = [stop ?? []]
    .flat()
    .map((word) => text.indexOf(word))
    .filter((end) => end >= 0)
  return ends.length > 0 ? text.slice(0, Math.min(...ends)) : text
}

function streamOf(
  request: ChatRequest,
  choices: Choice[],
  head: Record<string, unknown>,
  usage: Record<string, unknown>,
): ChatAnswer['events'] {
  const withUsage = request.stream_options?.include_usage === true
  const event = (choice: object | null, tokens: number, last = false) => ({
    data: JSON.stringify({
      ...head,
      object: 'chat.completion.chunk',
      choices: choice ? [choice] : [],
      ...(withUsage && { usage: last ? usage : null }),
    }),
    tokens,
  })
  const events = choices.flatMap((choice, index) => [
    event(
      { index, delta: { role: 'assistant', ...openingOf(choice), refusal: null }, logprobs: null, finish_reason: null },
      0,
    ),
    ...choice.pieces.map((piece) =>
      event({ index, delta: deltaOf(choice, piece), logprobs: null, finish_reason: null }, 1),
    ),
    event({ index, delta: {}, logprobs: null, finish_reason: choice.finishReason }, 0),
  ])
  return withUsage ? [...events, event(null, 0, true)] : events
}

function openingOf({ toolName }: Choice): object {
  if (!toolName) return { content: '' }
  return {
    content: null,
    tool_calls: [{ index: 0, id: 'call_simulated', type: 'function', function: { name: toolName, arguments: '' } }],
  }
}

function deltaOf({ toolName }: Choice, piece: string): object {
  return toolName ? { tool_calls: [{ index: 0, function: { arguments: piece } }] } : { content: piece }
}
