import type { Dialect } from '../dialect.ts'
import { geminiBase, methodOf } from './gemini-base.ts'
import { readGenerate } from './read-generate.ts'
import { writeDocument } from './write-document.ts'
import { writeStream } from './write-stream.ts'

/** Google's generateContent and streamGenerateContent. */
export const gemini: Dialect = {
  ...geminiBase,
  owns: (path) => ['generateContent', 'streamGenerateContent'].includes(methodOf(path)),
  readAsk: (body, url, tokenizer) => readGenerate(body, url, tokenizer),
  writeAnswer: (ask, completion, telling) =>
    ask.stream ? writeStream(ask, completion, telling) : writeDocument(ask, completion, telling),
}
