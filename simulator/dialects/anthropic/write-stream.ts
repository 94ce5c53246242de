import type { Answer, Part, Report } from '../../answer.ts'
import { unsaidTokens } from '../../writing/unsaid-tokens.ts'
import type { Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { sealThought, thoughtOf } from '../thought.ts'
import { stopReasons, toolUseId } from './blocks.ts'
import { eventOf } from './event-of.ts'
import { writeUsage } from './write-usage.ts'

/** The events of a message. Its input is told as it begins, its output as it ends. */
export function writeStream(ask: Ask, completion: Completion, { report, style }: Telling): Answer {
  const choice = completion.choices[0]!
  const parts: Part[] = []
  const say = (type: string, fields: object, tokens = 0, told?: Report | null): void => {
    parts.push({ bytes: eventOf(type, fields), tokens, ...(told !== undefined && { report: told }) })
  }

  const begun = report && { promptTokens: report.promptTokens ?? null, cachedTokens: report.cachedTokens ?? null }
  const message = { id: completion.id, type: 'message', role: 'assistant', model: ask.model, content: [] }
  const usage = begun ? { usage: { ...writeUsage(begun), output_tokens: 1 } } : {}
  say(
    'message_start',
    { message: { ...message, stop_reason: null, stop_sequence: null, ...usage } },
    0,
    begun ?? undefined,
  )
  say('ping', {})

  let index = 0
  if (ask.showsThought) {
    const thought = thoughtOf(ask)
    say('content_block_start', { index, content_block: { type: 'thinking', thinking: '', signature: '' } })
    say('content_block_delta', { index, delta: { type: 'thinking_delta', thinking: thought } })
    say('content_block_delta', { index, delta: { type: 'signature_delta', signature: sealThought(thought) } })
    say('content_block_stop', { index })
    index++
  }

  let tokensSoFar = 0
  choice.sayings.forEach(({ pieces, leadTokens, toolName }, place) => {
    const isTool = toolName !== null
    const opening = isTool
      ? { type: 'tool_use', id: toolUseId(completion, place), name: toolName, input: {} }
      : { type: 'text', text: '' }
    say('content_block_start', { index, content_block: opening })
    tokensSoFar += leadTokens
    pieces.forEach(({ text, tokens }, at) => {
      tokensSoFar += tokens
      const delta = isTool ? { type: 'input_json_delta', partial_json: text } : { type: 'text_delta', text }
      say('content_block_delta', { index, delta }, tokens + (at === 0 ? leadTokens : 0))
      if (report && style === 'cumulative') {
        const told = { completionTokens: tokensSoFar }
        say('message_delta', { delta: { stop_reason: null, stop_sequence: null }, usage: writeUsage(told) }, 0, told)
      }
    })
    say('content_block_stop', { index })
    index++
  })
  const ended = report && {
    completionTokens: report.completionTokens ?? null,
    reasoningTokens: report.reasoningTokens ?? null,
  }
  const delta = { stop_reason: stopReasons[choice.finish], stop_sequence: null }
  say(
    'message_delta',
    { delta, ...(report !== undefined && { usage: ended && writeUsage(ended) }) },
    unsaidTokens(choice),
    ended,
  )
  say('message_stop', {})
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    isStream: true,
    parts,
    ending: 'end',
  }
}
