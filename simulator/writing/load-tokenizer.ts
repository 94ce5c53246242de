import { createMemory } from './create-memory.ts'
import { sliceText } from './slice-text.ts'

/** Text that can be shown by itself, and the tokens it took: one, or more where a character spans several. */
export interface Piece {
  text: string
  tokens: number
}

export interface Tokenizer {
  count(text: string): number
  /** The text token by token, with every character whole. */
  split(text: string): readonly Piece[]
}

const rememberedCharacters = 4_000_000
const plainText = { disallowedSpecial: new Set<string>() }

let loading: Promise<Tokenizer> | null = null

/** OpenAI's o200k_base; the vocabulary is read when it is first needed. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= import('gpt-tokenizer/encoding/o200k_base').then(({ countTokens, encode, decode }) => ({
    count: createMemory(
      (text) => sliceText(text).reduce((sum, slice) => sum + countTokens(slice, plainText), 0),
      rememberedCharacters,
    ),
    split: createMemory((text) => {
      const pieces: Piece[] = []
      let tokens = 0
      for (const token of sliceText(text).flatMap((slice) => encode(slice, plainText))) {
        tokens++
        // It keeps the bytes of an unfinished character to itself and shows it with the token that completes it.
        const shown = decode([token])
        if (shown === '') continue
        pieces.push({ text: shown, tokens })
        tokens = 0
      }
      return pieces
    }, rememberedCharacters),
  }))
  return loading
}
