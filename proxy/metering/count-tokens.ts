import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Encoding } from './encoding-of.ts'

/** The tokenizer takes time in the square of an unbroken run of letters: no piece is longer than this. */
const pieceLength = 1024

/** Other requests get their turn after this much text. */
const turnLength = 16 * pieceLength

const plainText = { disallowedSpecial: new Set<string>() }

/** Exact for texts up to one piece, and never noticeably below; loads the vocabulary when first needed. */
export async function countTokens(texts: readonly string[], encoding: Encoding): Promise<number> {
  const { countTokens: count } = await vocabularies[encoding]()
  let tokens = 0
  let untilNextTurn = turnLength
  for (const text of texts) {
    for (let start = 0; start < text.length; start += pieceLength) {
      tokens += count(text.slice(start, start + pieceLength), plainText)
      untilNextTurn -= Math.min(pieceLength, text.length - start)
      if (untilNextTurn > 0) continue
      untilNextTurn = turnLength
      await nextTurn()
    }
  }
  return tokens
}

const vocabularies = {
  o200k: () => import('gpt-tokenizer/encoding/o200k_base'),
  cl100k: () => import('gpt-tokenizer/encoding/cl100k_base'),
}
