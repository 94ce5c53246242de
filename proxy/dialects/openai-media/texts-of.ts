import type { Texts } from './model-schema.ts'

/** How many there are, what they say, and how many tokens they are already. */
export function textsOf(input: Texts): { items: number; texts: string[]; tokens: number } {
  if (typeof input === 'string') return { items: 1, texts: [input], tokens: 0 }
  const [first] = input
  if (typeof first === 'number') return { items: 1, texts: [], tokens: input.length }
  if (typeof first === 'string') return { items: input.length, texts: input as string[], tokens: 0 }
  return { items: input.length, texts: [], tokens: (input as number[][]).reduce((sum, one) => sum + one.length, 0) }
}
