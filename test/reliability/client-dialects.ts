/** One question in every dialect that callers speak, and how one sees what became of it. */
export interface ClientDialect {
  path(stream: boolean): string
  body(stream: boolean): object
  /** The answer came to its proper end. */
  isWhole(text: string, stream: boolean): boolean
  /** A refusal, as its clients read them. */
  isRefusal(body: unknown): boolean
  /** The stream says that something went wrong. */
  saysBroken(text: string): boolean
}

const model = 'gpt-4o'
const question = 'Which model should we start with?'
const maxTokens = 60

const messages = [{ role: 'user', content: question }]

function isErrorObject(body: unknown, ...fields: string[]): boolean {
  const { error } = body as { error?: Record<string, unknown> }
  return typeof error === 'object' && fields.every((field) => field in error) && String(error.message).length > 0
}

export const clientDialects = {
  'openai-chat': {
    path: () => '/v1/chat/completions',
    body: (stream) => ({ model, messages, max_tokens: maxTokens, stream }),
    isWhole: (text, stream) =>
      /"finish_reason":\s*"(?:stop|length)"/.test(text) && (!stream || text.trimEnd().endsWith('[DONE]')),
    isRefusal: (body) => isErrorObject(body, 'message', 'type', 'code', 'param'),
    saysBroken: (text) => text.includes('data: {"error"'),
  },
  'openai-responses': {
    path: () => '/v1/responses',
    body: (stream) => ({ model, input: question, max_output_tokens: maxTokens, store: false, stream }),
    isWhole: (text, stream) =>
      stream ? text.includes('event: response.completed') : /"status":\s*"completed"/.test(text),
    isRefusal: (body) => isErrorObject(body, 'message', 'type', 'code', 'param'),
    saysBroken: (text) => text.includes('event: response.failed') || text.includes('event: error'),
  },
  'anthropic-messages': {
    path: () => '/v1/messages',
    body: (stream) => ({ model, messages, max_tokens: maxTokens, stream }),
    isWhole: (text, stream) =>
      /"stop_reason":\s*"(?:end_turn|max_tokens)"/.test(text) && (!stream || text.includes('event: message_stop')),
    isRefusal: (body) => (body as { type?: string }).type === 'error' && isErrorObject(body, 'message', 'type'),
    saysBroken: (text) => text.includes('event: error'),
  },
  gemini: {
    path: (stream) => `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: () => ({
      contents: [{ role: 'user', parts: [{ text: question }] }],
      generationConfig: { maxOutputTokens: maxTokens },
    }),
    isWhole: (text) => /"finishReason":\s*"(?:STOP|MAX_TOKENS)"/.test(text),
    isRefusal: (body) => isErrorObject(body, 'message', 'code', 'status'),
    saysBroken: (text) => text.includes('data: {"error"'),
  },
} satisfies Record<string, ClientDialect>
