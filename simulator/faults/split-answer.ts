import type { Answer, Part } from '../answer.ts'

/** The parts before and from the place where a fault strikes: once `atToken` tokens have left, or else half of them. */
export function splitAnswer({ parts }: Answer, atToken: number | null): [before: Part[], after: Part[]] {
  const allTokens = parts.reduce((sum, part) => sum + part.tokens, 0)
  const strikeAt = atToken ?? Math.floor(allTokens / 2)
  let served = 0
  // The opening of a stream carries no token, and is there before a fault strikes in the middle.
  let index = parts[0]?.tokens === 0 ? 1 : 0
  while (index < parts.length && served < strikeAt) served += parts[index++]!.tokens
  return [parts.slice(0, index), parts.slice(index)]
}
