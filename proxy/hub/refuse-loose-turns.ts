import { malformed } from '../json/malformed.ts'
import type { Conversation, ToolCallPart } from './conversation.ts'

/**
 * Every vendor refuses calls without results and results without calls, each in its own words and some in words of
 * fields that the caller never wrote; those who do not make something up. Throws by the caller's name of the field.
 */
export function refuseLooseTurns({ system, turns }: Conversation): void {
  if (turns.length === 0 && system.length === 0) throw malformed('messages', 'says nothing')
  let open = new Map<string, ToolCallPart>()
  for (const { role, parts } of turns) {
    if (role === 'assistant') {
      refuseUnanswered(open)
      open = new Map(parts.flatMap((part) => (part.type === 'tool call' ? [[part.id, part]] : [])))
      continue
    }
    if (parts.length === 0) throw malformed('messages', 'has a turn that says nothing')
    const answered = new Set<string>()
    for (const part of parts) {
      if (part.type !== 'tool result') continue
      if (!open.has(part.id)) throw malformed(part.path, 'is the result of no call in the turn before it')
      answered.add(part.id)
    }
    for (const id of answered) open.delete(id)
    refuseUnanswered(open)
    open = new Map()
  }
  refuseUnanswered(open)
}

function refuseUnanswered(open: ReadonlyMap<string, ToolCallPart>): void {
  for (const { path } of open.values()) throw malformed(path, 'is a call whose result does not follow')
}
