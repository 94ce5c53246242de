/**
 * The most that one image can count as input. OpenAI's tiles end at 1,445 tokens, but gpt-4o-mini multiplies
 * them to 48,169; patches end below 16,000 in the largest detail of any vendor that documents it.
 */
export function boundImageTokens(upstreamModel: string): number {
  return /gpt-4o-mini/i.test(upstreamModel) ? 50_000 : 16_384
}
