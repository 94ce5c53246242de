import { isForeignSeal } from '../../hub/seal-text.ts'
import { asRecord } from '../../json/as-record.ts'
import { listOf } from '../../json/read-value.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Thoughts that another vendor's model had, when it answered for this one: Anthropic refuses what it has not signed
 * itself. A task that is under way without its thoughts goes on without thinking. Most conversations have none of
 * these, and pass as they are.
 */
export function withoutForeignThoughts(body: Fields): Fields {
  const messages = listOf(body.messages).map(asRecord)
  if (!messages.some(({ content }) => listOf(content).some((block) => isForeign(block) || isForeignCall(block))))
    return body
  const kept = messages.map((message) => {
    const { content } = message
    return Array.isArray(content) ? { ...message, content: content.filter((block) => !isForeign(block)) } : message
  })
  const { thinking, ...rest } = body
  const last = listOf(kept.findLast(({ role }) => role === 'assistant')?.content).map(asRecord)
  const mayThink = !last.some(({ type }) => type === 'tool_use') || /thinking$/.test(String(last[0]?.type))
  return { ...rest, ...(thinking !== undefined && mayThink && { thinking }), messages: kept }
}

/** Anthropic names its calls itself. */
function isForeignCall(block: unknown): boolean {
  const { type, id } = asRecord(block)
  return type === 'tool_use' && typeof id === 'string' && !id.startsWith('toolu')
}

function isForeign(block: unknown): boolean {
  const { type, signature, data } = asRecord(block)
  const seal = type === 'thinking' ? signature : type === 'redacted_thinking' ? data : null
  return typeof seal === 'string' && isForeignSeal(seal)
}
