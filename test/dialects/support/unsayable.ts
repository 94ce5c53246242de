import type { Ask, Shown } from './ask.ts'
import type { Tongue } from './tongue.ts'

/** What of it a vendor of this dialect has no words for and nobody would want left out: it must be refused. */
export function unsayable({ stop, turns }: Ask, { name }: Pick<Tongue, 'name'>): string[] {
  const shown = turns.flatMap((turn): Shown[] =>
    turn.role === 'user' ? [...turn.said, ...turn.results.flatMap((result) => result.shown)] : [],
  )
  const found: string[] = []
  if (name === 'openai-responses' && stop.length > 0) found.push('stop')
  if (name === 'openai-chat' && stop.length > 4) found.push('stop')
  // Pages have no bound in a chat.
  if (name === 'openai-chat' && shown.some((one) => 'page' in one)) found.push('page')
  // Google fetches over https alone.
  if (name === 'gemini' && shown.some((one) => 'picture' in one && one.picture.startsWith('http:')))
    found.push('picture')
  return found
}
