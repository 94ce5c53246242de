import type { Answer } from '../../answer.ts'
import type { Choice, Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
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
      message: messageOf(choice, toolCallId(completion.id, index)),
      logprobs: null,
      finish_reason: finishReasons[choice.finish],
    })),
    ...(report !== undefined && { usage: report && writeUsage(report) }),
    service_tier: 'default',
    system_fingerprint: 'fp_simulator',
  }
  const part = { bytes: JSON.stringify(body), tokens: completion.usage.completionTokens }
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    isStream: false,
    parts: [report === undefined ? part : { ...part, report }],
    ending: 'end',
  }
}

/** The id of the tool call of one choice, the same in a document and in a stream. */
export function toolCallId(completionId: string, index: number): string {
  return `call_${completionId.replace('chatcmpl-', '')}_${index}`
}

function messageOf({ toolName, pieces }: Choice, callId: string): object {
  const text = pieces.map((piece) => piece.text).join('')
  if (toolName === null) return { role: 'assistant', content: text, refusal: null, annotations: [] }
  const call = { id: callId, type: 'function', function: { name: toolName, arguments: text } }
  return { role: 'assistant', content: null, tool_calls: [call], refusal: null, annotations: [] }
}
