import { languageOf } from './answer-question.ts'
import { createRandom } from './create-random.ts'
import { cutPieces } from './cut-pieces.ts'
import { hashText } from './hash-text.ts'
import type { Piece, Tokenizer } from './load-tokenizer.ts'

/** So many tokens of sentences, in the script of the question. */
export function fillTokens(question: string, seed: number, tokens: number, tokenizer: Tokenizer): Piece[] {
  const { sentences, space } = languageOf(question)
  const random = createRandom(hashText(question, seed))
  const said: string[] = []
  // A sentence more than needed: where two meet, the tokenizer may merge.
  for (let filled = 0, isEnough = false; !isEnough; ) {
    isEnough = filled >= tokens
    const sentence = sentences[Math.floor(random() * sentences.length)]!
    said.push(sentence)
    filled += tokenizer.count(sentence)
  }
  return cutPieces(tokenizer.split(said.join(space)), tokens)
}
