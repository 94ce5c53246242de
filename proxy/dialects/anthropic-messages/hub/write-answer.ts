import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import { type AnswerBlock, collectAnswer } from '../../../hub/collect-answer.ts'
import type { Seal } from '../../../hub/conversation.ts'
import type { AnswerHead, Billed } from '../../../hub/hub.ts'
import { writeSeal } from '../../../hub/seal-text.ts'
import { usageFigures } from '../../../hub/usage-figures.ts'
import { asRecord } from '../../../json/as-record.ts'

/** A message. */
export function writeAnswer(parts: readonly AnswerPart[], head: AnswerHead, bill: Billed): Record<string, unknown> {
  const { blocks, reason, stopSequence } = collectAnswer(parts)
  return {
    id: `msg_${head.id}`,
    type: 'message',
    role: 'assistant',
    model: head.model,
    content: blocks.filter((block) => isShown(block, head)).map(writeBlock),
    stop_reason: stopReasonOf(reason, stopSequence),
    stop_sequence: stopSequence,
    usage: writeUsage(bill),
  }
}

export function stopReasonOf(reason: FinishReason, stopSequence: string | null): string {
  if (reason === 'stop') return stopSequence === null ? 'end_turn' : 'stop_sequence'
  return { length: 'max_tokens', tools: 'tool_use', filter: 'refusal', refusal: 'refusal' }[reason]
}

export function writeUsage(bill: Billed): Record<string, unknown> {
  const { fresh, cached, written, output, cost } = usageFigures(bill)
  return {
    input_tokens: fresh,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: cached,
    output_tokens: output,
    cost,
  }
}

/** Who did not ask the model to think knows of no thoughts, and would not expect one that says nothing. */
export function expectsThoughts({ body }: AnswerHead): boolean {
  const { type } = asRecord(body.thinking)
  return type === 'enabled' || type === 'adaptive'
}

function isShown(block: AnswerBlock, head: AnswerHead): boolean {
  return block.type !== 'reasoning' || block.text !== '' || expectsThoughts(head)
}

/** A signature for every thought: Anthropic's own; or whose it is, so that nobody else is asked to believe it. */
export function signatureOf(seal: Seal | null): string {
  if (seal?.origin === 'anthropic-messages') return seal.value
  return writeSeal(seal ?? { origin: 'openai-chat', value: '' })
}

export function citationOf({ url, title }: { url: string; title: string }): Record<string, unknown> {
  return { type: 'web_search_result_location', url, title, cited_text: '', encrypted_index: '' }
}

function writeBlock(block: AnswerBlock): Record<string, unknown> {
  switch (block.type) {
    case 'text':
      return {
        type: 'text',
        text: block.text,
        ...(block.citations.length > 0 && { citations: block.citations.map(citationOf) }),
      }
    case 'refusal':
      return { type: 'text', text: block.text }
    case 'reasoning':
      return block.seal?.isWhole
        ? { type: 'redacted_thinking', data: signatureOf(block.seal) }
        : { type: 'thinking', thinking: block.text, signature: signatureOf(block.seal) }
    case 'tool':
      return { type: 'tool_use', id: block.id, name: block.name, input: inputOf(block.json) }
  }
}

function inputOf(json: string): unknown {
  try {
    return asRecord(JSON.parse(json || '{}'))
  } catch {
    // The model's cap cut it short: there is nothing that a caller could run.
    return {}
  }
}
