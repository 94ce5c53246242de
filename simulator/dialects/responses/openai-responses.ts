import type { Refusal } from '../../faults/refusal.ts'
import type { Dialect } from '../dialect.ts'
import { openAiChat } from '../openai/openai-chat.ts'
import { readResponsesRequest } from './read-responses-request.ts'
import { writeDocument } from './write-document.ts'
import { writeStream } from './write-stream.ts'

const idPrefix = 'resp_'

/** OpenAI's Responses. */
export const openAiResponses: Dialect = {
  idPrefix,
  owns: (path) => path === '/v1/responses',
  credentialOf: openAiChat.credentialOf,
  readAsk: (body, _path, tokenizer) => readResponsesRequest(body, tokenizer),
  describe: (callId, processingMs) => openAiChat.describe(`chatcmpl-${callId.slice(idPrefix.length)}`, processingMs),
  writeAnswer: (ask, completion, telling) =>
    ask.stream ? writeStream(ask, completion, telling) : writeDocument(ask, completion, telling),
  refuse: openAiChat.refuse,
  event: openAiChat.event,
  failMidStream: ({ message, code }: Refusal) => ({
    bytes: `event: error\ndata: ${JSON.stringify({ type: 'error', code, message, param: null, sequence_number: 0 })}\n\n`,
    tokens: 0,
  }),
}
