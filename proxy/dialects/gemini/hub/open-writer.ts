import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import type { AnswerBlock } from '../../../hub/collect-answer.ts'
import type { AnswerHead, AnswerWriter } from '../../../hub/hub.ts'
import { answerOf, partsOf } from './write-answer.ts'

/** Answers of streamGenerateContent: text as it comes, calls of tools when they are whole. */
export function openWriter(head: AnswerHead): AnswerWriter {
  let reason: FinishReason = 'stop'
  /** What cannot be told yet: a call that goes on, a seal that waits for what it stands on. */
  let held: AnswerBlock[] = []
  /** What was thought, up to its seal. */
  let thought = ''

  const say = (blocks: AnswerBlock[]): string => {
    const parts = partsOf(blocks)
    return parts.length > 0 ? `data: ${JSON.stringify(answerOf(head, parts))}\r\n\r\n` : ''
  }

  const release = (): string => {
    const told = say(held)
    held = []
    return told
  }

  const releaseTool = (): string => (held.at(-1)?.type === 'tool' ? release() : '')

  const write = (part: AnswerPart): string => {
    switch (part.type) {
      case 'text':
      case 'refusal': {
        const before = releaseTool()
        const blocks: AnswerBlock[] = [...held, { type: 'text', text: part.text, citations: [] }]
        held = []
        return before + say(blocks)
      }
      case 'reasoning':
        thought += part.text
        return releaseTool() + say([{ type: 'reasoning', text: part.text, seal: null }])
      case 'seal': {
        const before = releaseTool()
        held.push({ type: 'reasoning', text: '', seal: { thought, ...part.seal } })
        thought = ''
        return before
      }
      case 'tool': {
        const before = releaseTool()
        held.push({ type: 'tool', id: part.id, name: part.name, json: '' })
        return before
      }
      case 'input': {
        const last = held.at(-1)
        if (last?.type === 'tool') last.json += part.json
        return ''
      }
      case 'break':
        return releaseTool()
      case 'finish':
        reason = part.reason
        return ''
      default:
        return ''
    }
  }

  return {
    begin: () => '',
    write,
    end(bill) {
      return `${release()}data: ${JSON.stringify(answerOf(head, [], { reason, bill }))}\r\n\r\n`
    },
  }
}
