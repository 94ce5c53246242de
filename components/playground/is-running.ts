import type { Answer } from './turn.ts'

/** More may come. */
export function isRunning({ state }: Answer): boolean {
  return state === 'waiting' || state === 'streaming'
}
