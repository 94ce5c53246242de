import type { Ask } from './dialect.ts'

/** An ask whose answer has no words, with what is to be said of it besides. */
export function wordlessAsk(model: string, more: Partial<Ask>): Ask {
  return {
    model,
    stream: false,
    promptTokens: 0,
    question: '',
    outputCap: null,
    choices: 0,
    stop: [],
    tools: [],
    schema: null,
    seed: 0,
    wantsUsage: true,
    document: {},
    ...more,
  }
}
