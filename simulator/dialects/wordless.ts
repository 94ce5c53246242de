import type { Ask } from './dialect.ts'

/** An ask whose answer has no words. */
export function wordless(model: string, promptTokens: number, document: object): Ask {
  return {
    model,
    stream: false,
    promptTokens,
    question: '',
    outputCap: null,
    choices: 0,
    stop: [],
    tools: [],
    schema: null,
    seed: 0,
    wantsUsage: true,
    document,
  }
}
