import type { Refusal } from '../../faults/refusal.ts'
import type { Dialect } from '../dialect.ts'
import { readChat } from './read-chat.ts'
import { showModels } from './show-models.ts'
import { writeDocument } from './write-document.ts'
import { writeStream } from './write-stream.ts'

const idPrefix = 'chatcmpl-'

/** OpenAI's chat completions. */
export const openAiChat: Dialect = {
  idPrefix,
  owns: (path) => path === '/v1/chat/completions',
  credentialOf: ({ authorization }) => /^Bearer +(\S.*)$/i.exec(authorization ?? '')?.[1] ?? null,
  readAsk: (body, _path, tokenizer) => readChat(body, tokenizer),
  describe: (callId, processingMs) => ({
    'x-request-id': `req_${callId.slice(idPrefix.length)}`,
    'openai-version': '2020-10-01',
    'openai-organization': 'simulator',
    'openai-processing-ms': String(processingMs),
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-limit-tokens': '2000000',
    'x-ratelimit-remaining-requests': '9999',
    'x-ratelimit-remaining-tokens': '1999000',
    'x-ratelimit-reset-requests': '6ms',
    'x-ratelimit-reset-tokens': '30ms',
  }),
  writeAnswer: (ask, completion, telling) =>
    ask.stream ? writeStream(ask, completion, telling) : writeDocument(ask, completion, telling),
  refuse: (refusal) => ({
    status: refusal.status,
    headers: { 'content-type': 'application/json', ...refusal.headers },
    isStream: false,
    parts: [{ bytes: JSON.stringify(errorOf(refusal), null, 2), tokens: 0 }],
    ending: 'end',
  }),
  failMidStream: (refusal) => ({ bytes: `data: ${JSON.stringify(errorOf(refusal))}\n\n`, tokens: 0 }),
  event: (data) => ({ bytes: `data: ${data}\n\n`, tokens: 0 }),
  showModels,
}

function errorOf({ message, type, param, code }: Refusal): object {
  return { error: { message, type, param: param ?? null, code } }
}
