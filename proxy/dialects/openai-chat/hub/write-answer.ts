import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import { collectAnswer } from '../../../hub/collect-answer.ts'
import type { AnswerHead, Billed } from '../../../hub/hub.ts'
import { writeSeal } from '../../../hub/seal-text.ts'
import { writeUsage } from './write-usage.ts'

export const finishReasons: Record<FinishReason, string> = {
  stop: 'stop',
  length: 'length',
  tools: 'tool_calls',
  filter: 'content_filter',
  refusal: 'stop',
}

/** A `chat.completion`. */
export function writeAnswer(parts: readonly AnswerPart[], head: AnswerHead, bill: Billed): Record<string, unknown> {
  const { blocks, reason } = collectAnswer(parts)
  const textOf = (type: 'text' | 'refusal' | 'reasoning'): string =>
    blocks.flatMap((block) => (block.type === type ? block.text : [])).join('')
  const content = textOf('text')
  const thoughts = textOf('reasoning')
  const calls = blocks.flatMap((block) =>
    block.type === 'tool'
      ? { id: block.id, type: 'function', function: { name: block.name, arguments: block.json || '{}' } }
      : [],
  )
  const details = blocks.flatMap((block) =>
    block.type === 'reasoning' && block.seal ? detailOf(block.text, block.seal) : [],
  )
  const citations = blocks.flatMap((block) => (block.type === 'text' ? block.citations : []))
  const message = {
    role: 'assistant',
    content: content === '' && calls.length > 0 ? null : content,
    refusal: textOf('refusal') || null,
    ...(thoughts !== '' && { reasoning_content: thoughts }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(citations.length > 0 && { annotations: citations.map(annotationOf) }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
  return {
    id: `chatcmpl-${head.id}`,
    object: 'chat.completion',
    created: head.createdAtSeconds,
    model: head.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReasons[reason] }],
    usage: writeUsage(bill),
  }
}

/** Thoughts with their seals, as OpenRouter's clients know to give them back. */
export function detailOf(text: string, seal: Parameters<typeof writeSeal>[0]): Record<string, unknown> {
  const value = writeSeal(seal)
  return seal.isWhole
    ? { type: 'reasoning.encrypted', data: value }
    : { type: 'reasoning.text', text, signature: value }
}

export function annotationOf({ url, title }: { url: string; title: string }): Record<string, unknown> {
  return { type: 'url_citation', url_citation: { url, title, start_index: 0, end_index: 0 } }
}
