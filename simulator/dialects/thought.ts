import { createHash } from 'node:crypto'

/** What a model thinks before it speaks, where it is asked to show it. */
export const thought = 'Let me think about what is asked here.'

/** Proves that a thought is ours; who changes it or makes one up is found out. */
export function sealThought(text: string): string {
  return `sim-${createHash('sha256').update(`thought ${text}`).digest('base64url')}`
}
