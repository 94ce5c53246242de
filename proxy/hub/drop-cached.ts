import type { Conversation, UserPart } from './conversation.ts'
import type { Drop } from './hub.ts'

/** For vendors who keep what they like in their caches, and are not told. */
export function dropCached({ system, turns, tools }: Conversation, drop: Drop): void {
  const parts = turns.flatMap((turn) => turn.parts as UserPart[])
  const shown = parts.flatMap((part) => (part.type === 'tool result' ? [part, ...part.parts] : [part]))
  if ([...system, ...tools, ...shown].some((one) => 'cachedFor' in one && one.cachedFor)) drop('cache_control')
}
