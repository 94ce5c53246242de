import type { SavedTurn } from './draft.ts'
import type { Turn } from './turn.ts'

/** What of a conversation is worth keeping: the words. */
export function savedTurnsOf(turns: readonly Turn[]): SavedTurn[] {
  return turns.map(({ text, answers }) => ({
    text,
    answers: Object.fromEntries(
      Object.entries(answers).flatMap(([model, { text: said }]) => (said ? [[model, said]] : [])),
    ),
  }))
}
