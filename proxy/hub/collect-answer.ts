import type { AnswerPart, Citation, FinishReason } from './answer-part.ts'
import type { Seal } from './conversation.ts'

/** A block of a whole answer. */
export type AnswerBlock =
  | { type: 'text'; text: string; citations: Citation[] }
  | { type: 'refusal'; text: string }
  | { type: 'reasoning'; text: string; seal: Seal | null }
  | { type: 'tool'; id: string; name: string; json: string }

export interface WholeAnswer {
  blocks: AnswerBlock[]
  reason: FinishReason
  stopSequence: string | null
}

/** Puts the pieces of an answer together. */
export function collectAnswer(parts: readonly AnswerPart[]): WholeAnswer {
  const answer: WholeAnswer = { blocks: [], reason: 'stop', stopSequence: null }
  let open: AnswerBlock | null = null
  const block = <T extends AnswerBlock>(fresh: T): T => {
    if (open?.type === fresh.type && fresh.type !== 'tool') return open as T
    open = fresh
    answer.blocks.push(fresh)
    return fresh
  }
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        block({ type: 'text', text: '', citations: [] }).text += part.text
        break
      case 'refusal':
        block({ type: 'refusal', text: '' }).text += part.text
        break
      case 'reasoning':
        block({ type: 'reasoning', text: '', seal: null }).text += part.text
        break
      case 'seal':
        block({ type: 'reasoning', text: '', seal: null as Seal | null }).seal = part.seal
        open = null
        break
      case 'tool':
        block({ type: 'tool', id: part.id, name: part.name, json: '' })
        break
      case 'input':
        if (open && (open as AnswerBlock).type === 'tool') (open as { json: string }).json += part.json
        break
      case 'citation':
        block({ type: 'text', text: '', citations: [] as Citation[] }).citations.push(part.citation)
        break
      case 'break':
        open = null
        break
      case 'finish':
        answer.reason = part.reason
        answer.stopSequence = part.stopSequence ?? null
    }
  }
  return answer
}
