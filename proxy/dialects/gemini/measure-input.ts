import type { Input } from '../dialect.ts'
import type { Parts } from './read-parts.ts'

const scaffoldTokens = 128
const toolScaffoldTokens = 512
const tokensPerTurn = 4

/** What is spoken in a request besides its turns, such as its tools. */
export function measureInput(parts: Parts, spoken: readonly unknown[], byteLength: number): Input {
  const others = spoken.filter((one) => one != null).map((one) => JSON.stringify(one))
  return {
    textBytes: byteLength - parts.imageBytes,
    images: parts.images,
    documents: parts.documents,
    scaffoldTokens: scaffoldTokens + (others.length > 0 ? toolScaffoldTokens : 0),
    readTexts: () => ({
      texts: [...parts.texts, ...others],
      frameTokens: parts.texts.length * tokensPerTurn + (others.length > 0 ? toolScaffoldTokens : 0),
    }),
  }
}
