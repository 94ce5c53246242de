/** What Anthropic's models take, by their names, wherever they are hosted. */

/** The model decides by itself how long to think, and is told only how hard. */
export function thinksAdaptively(upstreamModel: string): boolean {
  return /claude-(?:opus|sonnet)-4[-.][6-9]|claude-(?:opus|sonnet|haiku)-[5-9]/.test(upstreamModel)
}

/** It can think where others can see it. */
export function canThink(upstreamModel: string): boolean {
  return /claude-(?:3[-.]7|(?:opus|sonnet|haiku)-[4-9])/.test(upstreamModel)
}

/** It takes a JSON schema for its answer. */
export function takesSchema(upstreamModel: string): boolean {
  return /claude-(?:opus|sonnet|haiku)-(?:4[-.][1-9](?!\d)|[5-9])/.test(upstreamModel)
}

/** It takes no temperature and the like. */
export function isUnsampled(upstreamModel: string): boolean {
  return /claude-opus-4[-.][7-9]|claude-opus-[5-9]/.test(upstreamModel)
}
