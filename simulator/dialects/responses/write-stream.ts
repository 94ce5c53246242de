import type { Answer, Part, Report } from '../../answer.ts'
import { unsaidTokens } from '../../writing/unsaid-tokens.ts'
import type { Completion, Saying } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { type Item, itemsOf, responseOf } from './items.ts'

/** The events of a response: the last one holds all of it, and its usage. */
export function writeStream(ask: Ask, completion: Completion, { report }: Telling): Answer {
  const parts: Part[] = []
  let sequence = 0
  const say = (type: string, fields: object, tokens = 0, told?: Report | null): void => {
    const data = JSON.stringify({ type, sequence_number: sequence++, ...fields })
    parts.push({ bytes: `event: ${type}\ndata: ${data}\n\n`, tokens, ...(told !== undefined && { report: told }) })
  }
  const choice = completion.choices[0]!
  const items = itemsOf(ask, completion)
  say('response.created', { response: responseOf(ask, completion, [], null) })
  say('response.in_progress', { response: responseOf(ask, completion, [], null) })
  const thoughts = items.length - choice.sayings.length
  items.forEach((item, output_index) => {
    if (output_index < thoughts) sayThought(item, output_index, say)
    else sayItem(item, output_index, choice.sayings[output_index - thoughts]!, say)
  })
  const type = choice.finish === 'length' ? 'response.incomplete' : 'response.completed'
  say(type, { response: responseOf(ask, completion, items, report) }, unsaidTokens(choice), report)
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    isStream: true,
    parts,
    ending: 'end',
  }
}

type Say = (type: string, fields: object, tokens?: number) => void

function sayThought(item: Item, output_index: number, say: Say): void {
  const [part] = item.summary as { text: string }[]
  const at = { item_id: item.id, output_index, summary_index: 0 }
  say('response.output_item.added', { output_index, item: { ...item, summary: [] } })
  say('response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } })
  say('response.reasoning_summary_text.delta', { ...at, delta: part?.text })
  say('response.reasoning_summary_text.done', { ...at, text: part?.text })
  say('response.reasoning_summary_part.done', { ...at, part })
  say('response.output_item.done', { output_index, item })
}

function sayItem(item: Item, output_index: number, { pieces, leadTokens }: Saying, say: Say): void {
  const isFreeform = item.type === 'custom_tool_call'
  const isTool = item.type === 'function_call' || isFreeform
  const at = { item_id: item.id, output_index, ...(!isTool && { content_index: 0 }) }
  const open = isFreeform ? { input: '' } : isTool ? { arguments: '' } : { content: [] }
  const calling = isFreeform ? 'response.custom_tool_call_input' : 'response.function_call_arguments'
  say('response.output_item.added', { output_index, item: { ...item, ...open, status: 'in_progress' } })
  const [part] = (item.content ?? []) as Item[]
  if (!isTool) say('response.content_part.added', { ...at, part: { ...part, text: '' } })
  pieces.forEach(({ text, tokens }, place) => {
    const type = isTool ? `${calling}.delta` : 'response.output_text.delta'
    say(type, { ...at, delta: text, ...(!isTool && { logprobs: [] }) }, tokens + (place === 0 ? leadTokens : 0))
  })
  if (isFreeform) say(`${calling}.done`, { ...at, input: item.input })
  else if (isTool) say('response.function_call_arguments.done', { ...at, name: item.name, arguments: item.arguments })
  else {
    say('response.output_text.done', { ...at, text: part?.text, logprobs: [] })
    say('response.content_part.done', { ...at, part })
  }
  say('response.output_item.done', { output_index, item })
}
