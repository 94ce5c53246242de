import type { Dialect } from '../dialect.ts'
import { geminiBase, methodOf } from './gemini-base.ts'
import { readCount } from './read-count.ts'
import { readEmbed } from './read-embed.ts'
import { writeWordless } from './write-wordless.ts'

const methods = ['countTokens', 'embedContent', 'batchEmbedContents']

/** Google's embedContent and batchEmbedContents, and countTokens, which costs nothing. */
export const geminiWordless: Dialect = {
  ...geminiBase,
  owns: (path) => methods.includes(methodOf(path)),
  readAsk: (body, url, tokenizer) =>
    methodOf(url) === 'countTokens' ? readCount(body, url, tokenizer) : readEmbed(body, url, tokenizer),
  writeAnswer: writeWordless,
}
