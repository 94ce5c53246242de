import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import type { AnswerReader } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'

type Value = Readonly<Record<string, unknown>>

/** Google's reasons, and the numbers that some send instead of them. */
const finishReasons: Record<string, FinishReason> = {
  STOP: 'stop',
  '1': 'stop',
  MAX_TOKENS: 'length',
  '2': 'length',
  MALFORMED_FUNCTION_CALL: 'stop',
}

/** Reads the answers of a stream, each of which holds whole parts. */
export function openReader(): AnswerReader {
  let calls = 0
  let reason: FinishReason | null = null
  return {
    read(value) {
      const answer = asRecord(value)
      if (answer.error != null)
        return [{ type: 'failure', message: textOr(asRecord(answer.error).message, 'The provider failed.') }]
      const candidate = asRecord(listOf(answer.candidates)[0])
      const blocked = asRecord(answer.promptFeedback).blockReason
      if (blocked != null) reason = 'filter'
      const finish = candidate.finishReason
      if (finish != null && finish !== 0 && finish !== 'FINISH_REASON_UNSPECIFIED')
        reason = finishReasons[String(finish)] ?? 'filter'
      const parts = listOf(asRecord(candidate.content).parts).flatMap((part) => readPart(asRecord(part), () => calls++))
      return [...parts, ...readSources(asRecord(candidate.groundingMetadata))]
    },
    end: () => [
      { type: 'finish', reason: calls > 0 && (reason === null || reason === 'stop') ? 'tools' : (reason ?? 'stop') },
    ],
  }
}

function readPart(part: Value, takeNumber: () => number): AnswerPart[] {
  const signature = textOr(part.thoughtSignature, '')
  const sealed: AnswerPart[] = signature === '' ? [] : [{ type: 'seal', seal: { origin: 'gemini', value: signature } }]
  const text = textOr(part.text, '')
  if (part.thought === true) return [...(text === '' ? [] : [{ type: 'reasoning', text } as const]), ...sealed]
  const call = asRecord(part.functionCall)
  if (typeof call.name === 'string') {
    const number = takeNumber()
    const id = textOr(call.id, '') || `call_${call.name}_${number}`
    const json = JSON.stringify(call.args ?? {})
    return [...sealed, { type: 'tool', id, name: call.name }, { type: 'input', json }, { type: 'break' }]
  }
  return text === '' ? sealed : [...sealed, { type: 'text', text }]
}

function readSources({ groundingChunks: chunks }: Value): AnswerPart[] {
  return listOf(chunks).flatMap<AnswerPart>((chunk) => {
    const { uri, title } = asRecord(asRecord(chunk).web)
    return typeof uri === 'string' ? [{ type: 'citation', citation: { url: uri, title: textOr(title, '') } }] : []
  })
}
