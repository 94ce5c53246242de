import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import { answerToolName } from '../../../hub/answer-tool.ts'
import type { AnswerReader } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'

const finishReasons: Record<string, FinishReason> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tools',
  refusal: 'filter',
}

/** Blocks that a caller can make something of. */
const ownBlocks = new Set<unknown>(['text', 'thinking', 'redacted_thinking', 'tool_use'])

type Value = Readonly<Record<string, unknown>>

/** Reads the events of a message. */
export function openReader(): AnswerReader {
  let finish: AnswerPart = { type: 'finish', reason: 'stop' }
  /** The input of the tool that stands for the answer is what the model says. */
  let isAnswer = false
  let hasAnswered = false
  /** What the vendor ran itself, and told of as it went, is no call for anyone to answer. */
  let isVendors = false

  return {
    read(value) {
      const event = asRecord(value)
      switch (event.type) {
        case 'content_block_start': {
          const block = asRecord(event.content_block)
          isAnswer = block.type === 'tool_use' && block.name === answerToolName
          hasAnswered ||= isAnswer
          isVendors = !ownBlocks.has(block.type)
          return isAnswer ? [] : beginBlock(block)
        }
        case 'content_block_delta':
          return isVendors ? [] : readDelta(asRecord(event.delta), isAnswer)
        case 'content_block_stop':
          return [{ type: 'break' }]
        case 'message_delta': {
          const { stop_reason: reason, stop_sequence: sequence } = asRecord(event.delta)
          if (typeof reason === 'string') finish = finishOf(reason, sequence, hasAnswered)
          return []
        }
        case 'error':
          return [{ type: 'failure', message: textOr(asRecord(event.error).message, 'The provider failed.') }]
        default:
          return []
      }
    },
    end: () => [finish],
  }
}

/** Reads a whole message. */
export function readAnswer(value: unknown): AnswerPart[] {
  const { content, stop_reason: reason, stop_sequence: sequence } = asRecord(value)
  const blocks = listOf(content).map(asRecord)
  const isAnswer = ({ type, name }: Value): boolean => type === 'tool_use' && name === answerToolName
  const parts = blocks.flatMap<AnswerPart>((block) => [
    ...(isAnswer(block)
      ? [{ type: 'text', text: JSON.stringify(block.input ?? {}) } as const]
      : [...beginBlock(block), ...restOf(block)]),
    { type: 'break' },
  ])
  return [...parts, finishOf(textOr(reason, 'end_turn'), sequence, blocks.some(isAnswer))]
}

function finishOf(reason: string, sequence: unknown, hasAnswered: boolean): AnswerPart {
  const known = finishReasons[reason] ?? 'stop'
  return {
    type: 'finish',
    reason: hasAnswered && known === 'tools' ? 'stop' : known,
    ...(typeof sequence === 'string' && { stopSequence: sequence }),
  }
}

function beginBlock(block: Value): AnswerPart[] {
  if (block.type === 'tool_use') return [{ type: 'tool', id: textOr(block.id, ''), name: textOr(block.name, '') }]
  if (block.type === 'redacted_thinking') {
    const seal = { origin: 'anthropic-messages', value: textOr(block.data, ''), isWhole: true } as const
    return [{ type: 'seal', seal }]
  }
  if (block.type === 'text' && block.text) return [{ type: 'text', text: textOr(block.text, '') }]
  if (block.type === 'thinking' && block.thinking) return [{ type: 'reasoning', text: textOr(block.thinking, '') }]
  return []
}

/** What a stream would have told piece by piece. */
function restOf(block: Value): AnswerPart[] {
  if (block.type === 'tool_use') return [{ type: 'input', json: JSON.stringify(block.input ?? {}) }]
  if (block.type === 'thinking') return readDelta({ type: 'signature_delta', signature: block.signature }, false)
  return listOf(block.citations).flatMap((citation) => readDelta({ type: 'citations_delta', citation }, false))
}

function readDelta(delta: Value, isAnswer: boolean): AnswerPart[] {
  switch (delta.type) {
    case 'text_delta':
      return [{ type: 'text', text: textOr(delta.text, '') }]
    case 'thinking_delta':
      return [{ type: 'reasoning', text: textOr(delta.thinking, '') }]
    case 'input_json_delta': {
      const json = textOr(delta.partial_json, '')
      if (json === '') return []
      return isAnswer ? [{ type: 'text', text: json }] : [{ type: 'input', json }]
    }
    case 'signature_delta': {
      const value = textOr(delta.signature, '')
      return value === '' ? [] : [{ type: 'seal', seal: { origin: 'anthropic-messages', value } }]
    }
    case 'citations_delta': {
      const { url, title } = asRecord(delta.citation)
      return typeof url === 'string' ? [{ type: 'citation', citation: { url, title: textOr(title, '') } }] : []
    }
    default:
      return []
  }
}
