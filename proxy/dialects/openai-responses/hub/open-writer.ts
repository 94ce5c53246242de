import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import type { AnswerBlock } from '../../../hub/collect-answer.ts'
import type { AnswerHead, AnswerWriter } from '../../../hub/hub.ts'
import { nameInNamespace } from './name-in-namespace.ts'
import { annotationOf, expectsSeals, idPrefixes, itemOf, partOf, responseOf, statusOf } from './response-items.ts'

/** The events of a response: every item is added, told piece by piece, and done before the next. */
export function openWriter(head: AnswerHead): AnswerWriter {
  const output: Record<string, unknown>[] = []
  let block: AnswerBlock | null = null
  let id = ''
  let sequence = 0
  let hasBegun = false
  let reason: FinishReason = 'stop'

  const event = (type: string, fields: Record<string, unknown>): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...fields })}\n\n`

  /** By hand where every token passes. */
  const delta = (type: string, place: string, text: string): string =>
    `event: ${type}\ndata: {"type":"${type}","sequence_number":${sequence++},"item_id":"${id}","output_index":${output.length},${place}"delta":${JSON.stringify(text)}}\n\n`

  const at = (more: Record<string, unknown> = {}) => ({ item_id: id, output_index: output.length, ...more })

  const begin = (): string => {
    if (hasBegun) return ''
    hasBegun = true
    const response = responseOf(head, 'in_progress', [])
    return event('response.created', { response }) + event('response.in_progress', { response })
  }

  const open = (fresh: AnswerBlock): string => {
    const before = begin() + close()
    block = fresh
    id = `${idPrefixes[fresh.type]}_${head.id}_${output.length}`
    const item = itemOf(fresh, id, 'in_progress', head)
    const emptied =
      'content' in item
        ? { ...item, content: [] }
        : fresh.type === 'tool'
          ? { ...item, arguments: '' }
          : { ...item, summary: [] }
    const added = event('response.output_item.added', { output_index: output.length, item: emptied })
    if (fresh.type === 'text' || fresh.type === 'refusal') {
      return before + added + event('response.content_part.added', at({ content_index: 0, part: partOf(fresh) }))
    }
    if (fresh.type === 'tool') return before + added
    const part = { type: 'summary_text', text: '' }
    return before + added + event('response.reasoning_summary_part.added', at({ summary_index: 0, part }))
  }

  const within = (fresh: AnswerBlock): string => (block?.type === fresh.type ? '' : open(fresh))

  const close = (): string => {
    if (block === null) return ''
    const item = itemOf(block, id, 'completed', head)
    const told = finishBlock(block) + event('response.output_item.done', { output_index: output.length, item })
    output.push(item)
    block = null
    return told
  }

  const finishBlock = (done: AnswerBlock): string => {
    if (done.type === 'tool')
      return event(
        'response.function_call_arguments.done',
        at({ name: nameInNamespace(head.body, done.name).name, arguments: done.json || '{}' }),
      )
    if (done.type === 'reasoning') {
      const part = { type: 'summary_text', text: done.text }
      const text = event('response.reasoning_summary_text.done', at({ summary_index: 0, text: done.text }))
      return text + event('response.reasoning_summary_part.done', at({ summary_index: 0, part }))
    }
    const text =
      done.type === 'text'
        ? event('response.output_text.done', at({ content_index: 0, text: done.text, logprobs: [] }))
        : event('response.refusal.done', at({ content_index: 0, refusal: done.text }))
    return text + event('response.content_part.done', at({ content_index: 0, part: partOf(done) }))
  }

  const write = (part: AnswerPart): string => {
    switch (part.type) {
      case 'text': {
        const opening = within({ type: 'text', text: '', citations: [] })
        append(block, part.text)
        return opening + delta('response.output_text.delta', '"content_index":0,"logprobs":[],', part.text)
      }
      case 'refusal': {
        const opening = within({ type: 'refusal', text: '' })
        append(block, part.text)
        return opening + delta('response.refusal.delta', '"content_index":0,', part.text)
      }
      case 'reasoning': {
        const opening = within({ type: 'reasoning', text: '', seal: null })
        append(block, part.text)
        return opening + delta('response.reasoning_summary_text.delta', '"summary_index":0,', part.text)
      }
      case 'seal': {
        if (block?.type !== 'reasoning' && !expectsSeals(head)) return ''
        const opening = within({ type: 'reasoning', text: '', seal: null })
        if (block?.type === 'reasoning') block.seal = part.seal
        return opening + close()
      }
      case 'tool':
        return open({ type: 'tool', id: part.id, name: part.name, json: '' })
      case 'input':
        if (block?.type === 'tool') block.json += part.json
        return delta('response.function_call_arguments.delta', '', part.json)
      case 'citation': {
        if (block?.type !== 'text') return ''
        block.citations.push(part.citation)
        const annotation = annotationOf(part.citation)
        const place = { content_index: 0, annotation_index: block.citations.length - 1, annotation }
        return event('response.output_text.annotation.added', at(place))
      }
      case 'break':
        return close()
      case 'finish':
        reason = part.reason
        return ''
      case 'failure':
        return ''
    }
  }

  return {
    begin,
    write,
    end(bill) {
      const before = begin() + close()
      const status = statusOf(reason)
      return before + event(`response.${status}`, { response: responseOf(head, status, output, { reason, bill }) })
    },
  }
}

function append(block: AnswerBlock | null, text: string): void {
  if (block && block.type !== 'tool') block.text += text
}
