import type { Answer } from '../../answer.ts'
import type { Refusal } from '../../faults/refusal.ts'
import type { Dialect } from '../dialect.ts'
import { callOf } from './call-of.ts'
import { readContents } from './read-contents.ts'
import { writeDocument } from './write-document.ts'
import { isArray, openEvent, writeStream } from './write-stream.ts'

/** Google's generateContent and streamGenerateContent. */
export const gemini: Dialect = {
  idPrefix: 'gem_',
  owns: (path) => callOf(path) !== null,
  credentialOf: ({ 'x-goog-api-key': key }) => (typeof key === 'string' ? key : null),
  readAsk: (body, url, tokenizer) => readContents(body, url, tokenizer),
  describe: (_, processingMs) => ({ 'server-timing': `gfet4t7; dur=${processingMs}` }),
  writeAnswer: (ask, completion, telling) =>
    ask.stream ? writeStream(ask, completion, telling) : writeDocument(ask, completion, telling),
  refuse: (refusal) => ({
    status: refusal.status,
    headers: { 'content-type': 'application/json; charset=UTF-8', ...refusal.headers },
    isStream: false,
    parts: [{ bytes: JSON.stringify(errorOf(refusal), null, 2), tokens: 0 }],
    ending: 'end',
  }),
  failMidStream: (refusal, answer) => sayIn(answer, JSON.stringify(errorOf(refusal))),
  event: (data, answer) => sayIn(answer, data),
}

function sayIn(answer: Answer, data: string) {
  return { bytes: openEvent(data, isArray(answer), false), tokens: 0 }
}

const nameOfStatus: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  504: 'DEADLINE_EXCEEDED',
}

function errorOf({ status, message }: Refusal): object {
  return { error: { code: status, message, status: nameOfStatus[status] ?? 'UNAVAILABLE' } }
}
