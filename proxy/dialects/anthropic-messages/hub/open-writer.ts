import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import type { Seal } from '../../../hub/conversation.ts'
import type { AnswerHead, AnswerWriter } from '../../../hub/hub.ts'
import { citationOf, expectsThoughts, signatureOf, stopReasonOf, writeUsage } from './write-answer.ts'

type Kind = 'text' | 'thinking' | 'tool'

const begunUsage = { input_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 0 }

/** The events of a message: each block is opened, told piece by piece, and closed before the next. */
export function openWriter(head: AnswerHead): AnswerWriter {
  let hasBegun = false
  let kind: Kind | null = null
  let index = -1
  let reason: FinishReason = 'stop'
  let stopSequence: string | null = null
  /** A seal without a thought in words, until what follows it is told. */
  let held: Seal | null = null

  const begin = (): string => {
    if (hasBegun) return ''
    hasBegun = true
    const message = {
      id: `msg_${head.id}`,
      type: 'message',
      role: 'assistant',
      model: head.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: begunUsage,
    }
    return eventOf('message_start', JSON.stringify({ type: 'message_start', message }))
  }

  const open = (next: Kind, block: Record<string, unknown>): string => {
    const before = begin() + close() + release()
    kind = next
    index++
    const start = { type: 'content_block_start', index, content_block: block }
    return before + eventOf('content_block_start', JSON.stringify(start))
  }

  const release = (): string => {
    if (held === null) return ''
    const signature = signatureOf(held)
    const { isWhole } = held
    held = null
    if (isWhole) return open('text', { type: 'redacted_thinking', data: signature }) + stop()
    const opening = open('thinking', { type: 'thinking', thinking: '', signature: '' })
    return opening + delta('signature_delta', 'signature', signature) + stop()
  }

  const within = (next: Kind, block: Record<string, unknown>): string => (kind === next ? '' : open(next, block))

  /** By hand where every token passes. */
  const delta = (type: string, field: string, text: string): string =>
    `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":{"type":"${type}","${field}":${JSON.stringify(text)}}}\n\n`

  const stop = (): string => {
    kind = null
    return eventOf('content_block_stop', `{"type":"content_block_stop","index":${index}}`)
  }

  const close = (): string => {
    if (kind === null) return ''
    // A thought has a signature, be it only ours.
    const signed = kind === 'thinking' ? delta('signature_delta', 'signature', signatureOf(null)) : ''
    return signed + stop()
  }

  const write = (part: AnswerPart): string => {
    switch (part.type) {
      case 'text':
      case 'refusal':
        return within('text', { type: 'text', text: '' }) + delta('text_delta', 'text', part.text)
      case 'reasoning': {
        const opening = within('thinking', { type: 'thinking', thinking: '', signature: '' })
        return opening + delta('thinking_delta', 'thinking', part.text)
      }
      case 'seal': {
        if (kind === 'thinking' && !part.seal.isWhole)
          return delta('signature_delta', 'signature', signatureOf(part.seal)) + stop()
        if (!expectsThoughts(head)) return ''
        const before = release()
        held = part.seal
        return before
      }
      case 'tool':
        return open('tool', { type: 'tool_use', id: part.id, name: part.name, input: {} })
      case 'input':
        return delta('input_json_delta', 'partial_json', part.json)
      case 'citation': {
        const event = {
          type: 'content_block_delta',
          index,
          delta: { type: 'citations_delta', citation: citationOf(part.citation) },
        }
        return kind === 'text' ? eventOf('content_block_delta', JSON.stringify(event)) : ''
      }
      case 'break':
        return close()
      case 'finish':
        reason = part.reason
        stopSequence = part.stopSequence ?? null
        return ''
      case 'failure':
        return ''
    }
  }

  return {
    begin,
    write,
    end(bill) {
      const event = {
        type: 'message_delta',
        delta: { stop_reason: stopReasonOf(reason, stopSequence), stop_sequence: stopSequence },
        usage: writeUsage(bill),
      }
      const last = eventOf('message_delta', JSON.stringify(event))
      // What comes after the last word stands on nothing that follows, and no message of Anthropic's ends with a thought.
      const alone = index === -1 ? release() : ''
      return begin() + close() + alone + last + eventOf('message_stop', '{"type":"message_stop"}')
    },
  }
}

function eventOf(name: string, data: string): string {
  return `event: ${name}\ndata: ${data}\n\n`
}
