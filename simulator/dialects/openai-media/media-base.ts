import type { Dialect } from '../dialect.ts'
import { openAiChat } from '../openai/openai-chat.ts'

/** What OpenAI's paths besides its chat have in common: headers, refusals, credentials. */
export const mediaBase: Omit<Dialect, 'owns' | 'readAsk' | 'writeAnswer'> = {
  idPrefix: openAiChat.idPrefix,
  credentialOf: openAiChat.credentialOf,
  describe: openAiChat.describe,
  refuse: openAiChat.refuse,
  failMidStream: openAiChat.failMidStream,
  event: openAiChat.event,
}
