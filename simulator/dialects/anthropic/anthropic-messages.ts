import type { Refusal } from '../../faults/refusal.ts'
import type { Dialect } from '../dialect.ts'
import { eventOf } from './event-of.ts'
import { readMessages } from './read-messages.ts'
import { writeDocument } from './write-document.ts'
import { writeStream } from './write-stream.ts'

const idPrefix = 'msg_'

/** Anthropic's Messages. */
export const anthropicMessages: Dialect = {
  idPrefix,
  owns: (path) => path === '/v1/messages',
  credentialOf: ({ 'x-api-key': key }) => (typeof key === 'string' ? key : null),
  readAsk: (body, _path, tokenizer) => readMessages(body, tokenizer),
  describe: (callId) => ({ 'request-id': `req_${callId.slice(idPrefix.length)}` }),
  writeAnswer: (ask, completion, telling) =>
    ask.stream ? writeStream(ask, completion, telling) : writeDocument(ask, completion, telling),
  refuse: (refusal) => ({
    status: refusal.status,
    headers: { 'content-type': 'application/json', ...refusal.headers },
    isStream: false,
    parts: [{ bytes: JSON.stringify(errorOf(refusal)), tokens: 0 }],
    ending: 'end',
  }),
  failMidStream: (refusal) => ({ bytes: eventOf('error', errorOf(refusal)), tokens: 0 }),
  event: (data) => ({ bytes: `event: content_block_delta\ndata: ${data}\n\n`, tokens: 0 }),
}

const typeOfStatus: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}

function errorOf({ status, message }: Refusal): object {
  return { type: 'error', error: { type: typeOfStatus[status] ?? 'api_error', message }, request_id: 'req_simulator' }
}
