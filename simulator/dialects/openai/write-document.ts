import type { Answer } from '../../answer.ts'
import type { Choice, Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { finishReasons } from './finish-reasons.ts'
import { writeUsage } from './write-usage.ts'

/** A `chat.completion` object. */
export function writeDocument(ask: Ask, completion: Completion, { report }: Telling): Answer {
  const body = {
    id: completion.id,
    object: 'chat.completion',
    created: completion.createdAtSeconds,
    model: ask.model,
    choices: completion.choices.map((choice, index) => ({
      index,
      message: messageOf(choice, completion.id, index),
      logprobs: null,
      finish_reason: finishReasons[choice.finish],
    })),
    ...(report !== undefined && { usage: report && writeUsage(report) }),
    service_tier: 'default',
    system_fingerprint: 'fp_simulator',
  }
  return documentOf(body, completion.usage.completionTokens, report)
}

/** The id of a call of a tool, the same in a document and in a stream. */
export function toolCallId(completionId: string, index: number, place: number): string {
  return `call_${completionId.replace('chatcmpl-', '')}_${index}${place > 0 ? `_${place}` : ''}`
}

function messageOf({ sayings }: Choice, completionId: string, index: number): object {
  const texts = sayings.map(({ pieces }) => pieces.map((piece) => piece.text).join(''))
  if (sayings[0]!.toolName === null) return { role: 'assistant', content: texts[0], refusal: null, annotations: [] }
  const tool_calls = sayings.map(({ toolName }, place) => ({
    id: toolCallId(completionId, index, place),
    type: 'function',
    function: { name: toolName, arguments: texts[place] },
  }))
  return { role: 'assistant', content: null, tool_calls, refusal: null, annotations: [] }
}
