import type { AnswerPart } from '../../../hub/answer-part.ts'
import type { AnswerReader } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'

type Value = Readonly<Record<string, unknown>>

/** Reads the events of a response. */
export function openReader(): AnswerReader {
  let finish: AnswerPart = { type: 'finish', reason: 'stop' }
  let hasRefused = false
  return {
    read(value) {
      const event = asRecord(value)
      switch (event.type) {
        case 'response.output_item.added':
          return beginItem(asRecord(event.item))
        case 'response.output_text.delta':
          return [{ type: 'text', text: textOr(event.delta, '') }]
        case 'response.refusal.delta':
          hasRefused = true
          return [{ type: 'refusal', text: textOr(event.delta, '') }]
        case 'response.reasoning_summary_text.delta':
        case 'response.reasoning_text.delta':
          return [{ type: 'reasoning', text: textOr(event.delta, '') }]
        case 'response.function_call_arguments.delta':
          return [{ type: 'input', json: textOr(event.delta, '') }]
        case 'response.output_text.annotation.added':
          return readAnnotation(event.annotation)
        case 'response.output_item.done':
          return [...sealOf(asRecord(event.item)), { type: 'break' }]
        case 'response.completed':
        case 'response.incomplete':
          finish = finishOf(asRecord(event.response), hasRefused)
          return []
        case 'response.failed':
          return [failureOf(asRecord(event.response).error)]
        case 'error':
          return [failureOf(event.error ?? event)]
        default:
          return event.error == null ? [] : [failureOf(event.error)]
      }
    },
    end: () => [finish],
  }
}

/** Reads a whole response. */
export function readAnswer(value: unknown): AnswerPart[] {
  const response = asRecord(value)
  if (response.error != null) return [failureOf(response.error)]
  const items = listOf(response.output).map(asRecord)
  const parts = items.flatMap<AnswerPart>((item) => [...readItem(item), { type: 'break' }])
  return [
    ...parts,
    finishOf(
      response,
      parts.some(({ type }) => type === 'refusal'),
    ),
  ]
}

function readItem(item: Value): AnswerPart[] {
  if (item.type === 'function_call') return [...beginItem(item), { type: 'input', json: textOr(item.arguments, '{}') }]
  if (item.type === 'reasoning') {
    const texts = [...listOf(item.content), ...listOf(item.summary)].map((part) => textOr(asRecord(part).text, ''))
    return [...texts.map((text) => ({ type: 'reasoning', text }) as const), ...sealOf(item)]
  }
  return listOf(item.content).flatMap<AnswerPart>((value) => {
    const { text, refusal, annotations } = asRecord(value)
    if (typeof refusal === 'string') return [{ type: 'refusal', text: refusal }]
    return [{ type: 'text', text: textOr(text, '') }, ...listOf(annotations).flatMap(readAnnotation)]
  })
}

function beginItem({ type, call_id: id, name }: Value): AnswerPart[] {
  return type === 'function_call' ? [{ type: 'tool', id: textOr(id, ''), name: textOr(name, '') }] : []
}

function sealOf({ type, encrypted_content: value, summary, content }: Value): AnswerPart[] {
  if (type !== 'reasoning' || typeof value !== 'string' || value === '') return []
  const isWhole = listOf(summary).length === 0 && listOf(content).length === 0
  return [{ type: 'seal', seal: { origin: 'openai-responses', value, ...(isWhole && { isWhole }) } }]
}

function readAnnotation(value: unknown): AnswerPart[] {
  const { type, url, title } = asRecord(value)
  if (type !== 'url_citation' || typeof url !== 'string') return []
  return [{ type: 'citation', citation: { url, title: textOr(title, '') } }]
}

function finishOf({ status, incomplete_details: details, output }: Value, hasRefused: boolean): AnswerPart {
  if (status === 'incomplete') {
    return { type: 'finish', reason: asRecord(details).reason === 'content_filter' ? 'filter' : 'length' }
  }
  const callsTools = listOf(output).some((item) => asRecord(item).type === 'function_call')
  return { type: 'finish', reason: callsTools ? 'tools' : hasRefused ? 'refusal' : 'stop' }
}

function failureOf(error: unknown): AnswerPart {
  return { type: 'failure', message: textOr(asRecord(error).message, 'The provider failed.') }
}
