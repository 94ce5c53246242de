import type { AnswerPart } from '../../../hub/answer-part.ts'
import { collectAnswer } from '../../../hub/collect-answer.ts'
import type { AnswerHead, Billed } from '../../../hub/hub.ts'
import { expectsSeals, idPrefixes, itemOf, responseOf, statusOf } from './response-items.ts'

/** A response. */
export function writeAnswer(parts: readonly AnswerPart[], head: AnswerHead, bill: Billed): Record<string, unknown> {
  const { blocks, reason } = collectAnswer(parts)
  const output = blocks
    .filter((block) => block.type !== 'reasoning' || block.text !== '' || expectsSeals(head))
    .map((block, index) => itemOf(block, `${idPrefixes[block.type]}_${head.id}_${index}`, 'completed', head))
  return responseOf(head, statusOf(reason), output, { reason, bill })
}
