import { createHash } from 'node:crypto'
import type { Ask } from './dialect.ts'

/** What a model thinks before it speaks, where it is asked to show it: another thing where it calls other tools. */
export function thoughtOf({ tools }: Pick<Ask, 'tools'>): string {
  const names = tools.map(({ name }) => ` ${name}`).join()
  return `Let me think about what is asked here${names && `:${names}`}.`
}

/** Proves that a thought is ours; who changes it or makes one up is found out. */
export function sealThought(text: string): string {
  return `sim-${createHash('sha256').update(`thought ${text}`).digest('base64url')}`
}
