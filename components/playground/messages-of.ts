import type { Turn } from './turn.ts'

export interface Message {
  role: 'system' | 'user' | 'assistant'
  content: string
}

/**
 * The conversation as a model is told it. A model that came later is told what the first of the others said; what nobody
 * answered is left out, for no model takes two questions in a row.
 */
export function messagesOf(system: string, before: readonly Turn[], model: string, text: string): Message[] {
  const messages: Message[] = system.trim() ? [{ role: 'system', content: system }] : []
  for (const turn of before) {
    const said = [turn.answers[model], ...Object.values(turn.answers)].find((answer) => answer?.text)
    if (!said) continue
    messages.push({ role: 'user', content: turn.text }, { role: 'assistant', content: said.text })
  }
  return [...messages, { role: 'user', content: text }]
}
