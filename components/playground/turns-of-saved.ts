import type { SavedTurn } from './draft.ts'
import { noAnswer, type Turn } from './turn.ts'

/** A conversation that was brought back. What it cost stands in the log and not here. */
export function turnsOfSaved(saved: readonly SavedTurn[], nextId: () => number): Turn[] {
  return saved.map(({ text, answers }) => ({
    id: nextId(),
    text,
    answers: Object.fromEntries(
      Object.entries(answers).map(([model, said]) => [model, { ...noAnswer, state: 'whole' as const, text: said }]),
    ),
  }))
}
