import type { AnswerBlock, WholeAnswer } from '../../../hub/collect-answer.ts'
import type { AnswerHead, Billed } from '../../../hub/hub.ts'
import { writeSeal } from '../../../hub/seal-text.ts'
import { usageFigures } from '../../../hub/usage-figures.ts'
import { listOf } from '../../../json/read-value.ts'
import { nameInNamespace } from './name-in-namespace.ts'

/** A block of an answer as an item of a response; `status` while it is told, and when it is. */
export function itemOf(
  block: AnswerBlock,
  id: string,
  status: 'in_progress' | 'completed',
  { body }: AnswerHead,
): Record<string, unknown> {
  switch (block.type) {
    case 'text':
      return { id, type: 'message', status, role: 'assistant', content: [partOf(block)] }
    case 'refusal':
      return { id, type: 'message', status, role: 'assistant', content: [partOf(block)] }
    case 'reasoning': {
      const summary = block.text === '' ? [] : [{ type: 'summary_text', text: block.text }]
      return { id, type: 'reasoning', summary, encrypted_content: block.seal && writeSeal(block.seal) }
    }
    case 'tool': {
      const call = { ...nameInNamespace(body, block.name), arguments: block.json || '{}' }
      return { id, type: 'function_call', status, call_id: block.id, ...call }
    }
  }
}

/** A thought that says nothing is for those who give it back; whoever did not ask for it may look for it at the vendor. */
export function expectsSeals({ body }: AnswerHead): boolean {
  return listOf(body.include).includes('reasoning.encrypted_content')
}

/** The one part of a message. */
export function partOf(block: Extract<AnswerBlock, { type: 'text' | 'refusal' }>): Record<string, unknown> {
  if (block.type === 'refusal') return { type: 'refusal', refusal: block.text }
  const annotations = block.citations.map(annotationOf)
  return { type: 'output_text', text: block.text, annotations, logprobs: [] }
}

export function annotationOf({ url, title }: { url: string; title: string }): Record<string, unknown> {
  return { type: 'url_citation', url, title, start_index: 0, end_index: 0 }
}

export const idPrefixes: Record<AnswerBlock['type'], string> = {
  text: 'msg',
  refusal: 'msg',
  reasoning: 'rs',
  tool: 'fc',
}

/** A response with what there is of it. */
export function responseOf(
  head: AnswerHead,
  status: 'in_progress' | 'completed' | 'incomplete',
  output: Record<string, unknown>[],
  rest: { reason?: WholeAnswer['reason']; bill?: Billed } = {},
): Record<string, unknown> {
  const { body } = head
  const incomplete = { length: 'max_output_tokens', filter: 'content_filter' } as Record<string, string>
  return {
    id: `resp_${head.id}`,
    object: 'response',
    created_at: head.createdAtSeconds,
    status,
    background: false,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: incomplete[rest.reason ?? 'length'] } : null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    model: head.model,
    output,
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: body.reasoning ?? { effort: null, summary: null },
    store: false,
    temperature: body.temperature ?? null,
    text: body.text ?? { format: { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: body.tools ?? [],
    top_p: body.top_p ?? null,
    truncation: 'disabled',
    usage: rest.bill ? usageOf(rest.bill) : null,
    user: body.user ?? null,
    metadata: body.metadata ?? {},
  }
}

function usageOf(bill: Billed): Record<string, unknown> {
  const { input, cached, written, output, reasoning, cost } = usageFigures(bill)
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached, ...(written > 0 && { cache_write_tokens: written }) },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
    cost,
  }
}

export function statusOf(reason: WholeAnswer['reason']): 'completed' | 'incomplete' {
  return reason === 'length' || reason === 'filter' ? 'incomplete' : 'completed'
}
