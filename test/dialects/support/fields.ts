import type { Turn } from './ask.ts'

export type Fields = Record<string, unknown>

export function listed(value: unknown): Fields[] {
  return Array.isArray(value) ? value : []
}

/** Text, or the texts of parts. */
export function asText(content: unknown): string {
  return typeof content === 'string'
    ? content
    : listed(content)
        .map(({ text }) => text ?? '')
        .join('')
}

/** Without what nobody said. */
export function withoutEmpty(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

/** What one side says in a row is one turn. */
export function inOrder(turns: Turn[]): Turn[] {
  const joined: Turn[] = []
  for (const turn of turns) {
    const last = joined.at(-1)
    if (last?.role === 'user' && turn.role === 'user') {
      last.results.push(...turn.results)
      last.said.push(...turn.said)
    } else if (last?.role === 'assistant' && turn.role === 'assistant') {
      last.text += turn.text
      last.calls.push(...turn.calls)
    } else joined.push(structuredClone(turn))
  }
  return joined
}
