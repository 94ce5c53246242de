/** A model of Google's that can be told how hard to think. */
export function canThink(upstreamModel: string): boolean {
  return /gemini-(?:2\.5|[3-9])/.test(upstreamModel)
}
