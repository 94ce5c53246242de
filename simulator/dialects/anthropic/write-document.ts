import type { Answer } from '../../answer.ts'
import type { Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { sealThought, thoughtOf } from '../thought.ts'
import { inputOf, stopReasons, toolUseId } from './blocks.ts'
import { writeUsage } from './write-usage.ts'

/** A message. */
export function writeDocument(ask: Ask, completion: Completion, { report }: Telling): Answer {
  const choice = completion.choices[0]!
  const said = choice.sayings.map((saying, place) =>
    saying.toolName === null
      ? { type: 'text', text: saying.pieces.map(({ text }) => text).join('') }
      : { type: 'tool_use', id: toolUseId(completion, place), name: saying.toolName, input: inputOf(saying) },
  )
  const thought = thoughtOf(ask)
  const thinking = { type: 'thinking', thinking: thought, signature: sealThought(thought) }
  const body = {
    id: completion.id,
    type: 'message',
    role: 'assistant',
    model: ask.model,
    content: ask.showsThought ? [thinking, ...said] : said,
    stop_reason: stopReasons[choice.finish],
    stop_sequence: null,
    ...(report !== undefined && { usage: report && writeUsage(report) }),
  }
  return documentOf(body, completion.usage.completionTokens, report)
}
