import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import { type AnswerBlock, collectAnswer } from '../../../hub/collect-answer.ts'
import type { AnswerHead, Billed } from '../../../hub/hub.ts'
import { usageFigures } from '../../../hub/usage-figures.ts'
import { asRecord } from '../../../json/as-record.ts'
import { signatureOf } from '../seals.ts'

const finishReasons: Record<FinishReason, string> = {
  stop: 'STOP',
  tools: 'STOP',
  length: 'MAX_TOKENS',
  filter: 'SAFETY',
  refusal: 'STOP',
}

/** An answer to generateContent. */
export function writeAnswer(parts: readonly AnswerPart[], head: AnswerHead, bill: Billed): Record<string, unknown> {
  const { blocks, reason } = collectAnswer(parts)
  return answerOf(head, partsOf(blocks), { reason, bill })
}

export function answerOf(
  head: AnswerHead,
  parts: Record<string, unknown>[],
  end?: { reason: FinishReason; bill: Billed },
): Record<string, unknown> {
  const content = { role: 'model', parts }
  return {
    candidates: [{ content, ...(end && { finishReason: finishReasons[end.reason] }), index: 0 }],
    ...(end && { usageMetadata: usageOf(end.bill) }),
    modelVersion: head.model,
    responseId: head.id,
  }
}

/**
 * A seal stands on what follows the thought; the last one on a part that says nothing. The thought goes along in it:
 * clients keep signatures, but not all keep thoughts, and whoever made the seal wants to see both.
 */
export function partsOf(blocks: readonly AnswerBlock[]): Record<string, unknown>[] {
  const parts: Record<string, unknown>[] = []
  let sealed: Record<string, unknown> = {}
  for (const block of blocks) {
    if (block.type === 'reasoning') {
      if (block.text !== '') parts.push({ text: block.text, thought: true })
      if (block.seal) sealed = { thoughtSignature: signatureOf({ thought: block.text, ...block.seal }) }
      continue
    }
    if (block.type === 'tool')
      parts.push({ functionCall: { id: block.id, name: block.name, args: argsOf(block.json) }, ...sealed })
    else parts.push({ text: block.text, ...sealed })
    sealed = {}
  }
  if (Object.keys(sealed).length > 0) parts.push({ text: '', ...sealed })
  return parts
}

function argsOf(json: string): unknown {
  try {
    return asRecord(JSON.parse(json || '{}'))
  } catch {
    // The model's cap cut it short: there is nothing that a caller could run.
    return {}
  }
}

/** Google counts thoughts apart from what is said. */
function usageOf(bill: Billed): Record<string, unknown> {
  const { input, cached, output, reasoning, cost } = usageFigures(bill)
  return {
    promptTokenCount: input,
    candidatesTokenCount: Math.max(output - reasoning, 0),
    totalTokenCount: input + output,
    ...(cached > 0 && { cachedContentTokenCount: cached }),
    ...(reasoning > 0 && { thoughtsTokenCount: reasoning }),
    cost,
  }
}
