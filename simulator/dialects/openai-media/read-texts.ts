import { z } from 'zod'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'

const tokens = z.array(z.int().nonnegative()).min(1)

/** One text or several, in words or in tokens. */
export const textsSchema = z.union([
  z.string().min(1),
  z.array(z.string().min(1)).min(1),
  tokens,
  z.array(tokens).min(1),
])

export interface Text {
  /** What it says; of tokens, their figures. */
  text: string
  tokens: number
}

export function readTexts(input: z.infer<typeof textsSchema>, tokenizer: Tokenizer): Text[] {
  const several: (string | number[])[] =
    typeof input === 'string'
      ? [input]
      : typeof input[0] === 'number'
        ? [input as number[]]
        : (input as string[] | number[][])
  return several.map((one) =>
    typeof one === 'string' ? { text: one, tokens: tokenizer.count(one) } : { text: one.join(' '), tokens: one.length },
  )
}
