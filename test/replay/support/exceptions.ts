/** Recordings that do not pass in every column, and why that is right. The first match counts. */
export const exceptions: readonly { file: RegExp; columns: RegExp; why: string }[] = [
  {
    file: /anthropic-programmatic-tool-calling/,
    columns: /metered|openai-|gemini/,
    why: 'The recording holds several answers one after the other; a stream is over where its first answer is.',
  },
  {
    file: /cererebras-structured-output-tool/,
    columns: /anthropic-messages|openai-responses|gemini/,
    why: 'The recording holds two answers one after the other; the second is no part of the first.',
  },
  {
    file: /groq-model-web-search-tool\.7f1d31/,
    columns: /./,
    why: 'The vendor searched by itself and reports 387 tokens for far more text than that: it is counted here, and marked as estimated. A request for that is refused before it is sent.',
  },
  {
    file: /tool-use-failed-error-streaming/,
    columns: /anthropic-messages|openai-responses|gemini/,
    why: 'The vendor failed in the middle of its stream: the client throws what the vendor said, as it should.',
  },
  {
    file: /chat-completion-custom-tool-call/,
    columns: /anthropic-messages|openai-responses|gemini/,
    why: 'Custom tools are OpenAI’s alone: a request that has one is refused in other dialects, naming the field.',
  },
  {
    file: /openai-phase/,
    columns: /openai-chat|anthropic-messages|gemini/,
    why: 'The recorder kept only a few of the pieces of the text; what came of them arrives.',
  },
  {
    file: /vercel_gateway\.chat_completions\.(?:json|stream)\.200\.multi-tool/,
    columns: /./,
    why: 'The vendor counts reasoning apart from its 10 tokens of output without saying so; both are paid, so both are booked.',
  },
]

export function explain(file: string, column: string): string | null {
  return exceptions.find((one) => one.file.test(file) && one.columns.test(column))?.why ?? null
}
