import type { Answer } from '../../answer.ts'
import type { Ask, Dialect } from '../dialect.ts'
import { openAiChat } from '../openai/openai-chat.ts'
import { wordless } from '../wordless.ts'

/** What OpenAI's paths besides its chat have in common: headers, refusals, credentials. */
export const mediaBase: Omit<Dialect, 'owns' | 'readAsk' | 'writeAnswer'> = {
  idPrefix: openAiChat.idPrefix,
  credentialOf: openAiChat.credentialOf,
  describe: openAiChat.describe,
  refuse: openAiChat.refuse,
  failMidStream: openAiChat.failMidStream,
  event: openAiChat.event,
}

/** A request whose answer has no words. */
export function wordlessAsk(model: string, more: Partial<Ask>): Ask {
  return { ...wordless(model, 0, {}), ...more }
}

/** A JSON document, all of it at once. */
export function documentOf(body: object, tokens = 0, report?: Answer['parts'][number]['report']): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    isStream: false,
    parts: [{ bytes: JSON.stringify(body), tokens, ...(report !== undefined && { report }) }],
    ending: 'end',
  }
}
