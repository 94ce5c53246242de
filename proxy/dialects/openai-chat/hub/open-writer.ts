import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import type { AnswerHead, AnswerWriter } from '../../../hub/hub.ts'
import { annotationOf, detailOf, finishReasons } from './write-answer.ts'
import { writeUsage } from './write-usage.ts'

/** Chunks of a chat, ended by `[DONE]`. */
export function openWriter(head: AnswerHead): AnswerWriter {
  const frame = `data: {"id":${JSON.stringify(`chatcmpl-${head.id}`)},"object":"chat.completion.chunk","created":${head.createdAtSeconds},"model":${JSON.stringify(head.model)}`
  let hasBegun = false
  let tools = 0
  let thought = ''
  let reason: FinishReason = 'stop'

  const chunk = (delta: string, finish: string | null = null): string =>
    `${frame},"choices":[{"index":0,"delta":${delta},"logprobs":null,"finish_reason":${JSON.stringify(finish)}}]}\n\n`

  const begin = (): string => {
    if (hasBegun) return ''
    hasBegun = true
    return chunk('{"role":"assistant","content":"","refusal":null}')
  }

  const say = (delta: string): string => begin() + chunk(delta)

  const write = (part: AnswerPart): string => {
    switch (part.type) {
      case 'text':
        return say(`{"content":${JSON.stringify(part.text)}}`)
      case 'refusal':
        return say(`{"refusal":${JSON.stringify(part.text)}}`)
      case 'reasoning':
        thought += part.text
        return say(`{"reasoning_content":${JSON.stringify(part.text)}}`)
      case 'seal': {
        const details = [{ index: 0, ...detailOf(thought, part.seal) }]
        thought = ''
        return say(JSON.stringify({ reasoning_details: details }))
      }
      case 'tool': {
        const call = { index: tools++, id: part.id, type: 'function', function: { name: part.name, arguments: '' } }
        return say(JSON.stringify({ tool_calls: [call] }))
      }
      case 'input':
        return say(`{"tool_calls":[{"index":${tools - 1},"function":{"arguments":${JSON.stringify(part.json)}}}]}`)
      case 'citation':
        return say(JSON.stringify({ annotations: [annotationOf(part.citation)] }))
      case 'finish':
        reason = part.reason
        return ''
      default:
        return ''
    }
  }

  return {
    begin,
    write,
    end(bill) {
      const opening = begin()
      const usage = head.wantsUsage ? `${frame},"choices":[],"usage":${JSON.stringify(writeUsage(bill))}}\n\n` : ''
      return `${opening}${chunk('{}', finishReasons[reason])}${usage}data: [DONE]\n\n`
    },
  }
}
