import type { Report } from '../../answer.ts'
import type { Completion, Saying } from '../../writing/write-completion.ts'
import type { Ask } from '../dialect.ts'
import { sealThought, thoughtOf } from '../thought.ts'

export type Item = Record<string, unknown>

/** What the model says, as items: its thought, if it shows one, and its words or the calls of tools. */
export function itemsOf(ask: Ask, { id, choices }: Completion): Item[] {
  // The ids of what follows a thought tell that there was one.
  const key = id.replace('resp_', ask.showsThought ? 'thought_' : '')
  const said = choices[0]!.sayings.map((saying, place) => itemOf(saying, `${key}${place > 0 ? `_${place}` : ''}`, ask))
  if (!ask.showsThought) return said
  const text = thoughtOf(ask)
  const sealed = `${Buffer.from(text).toString('base64url')}.${sealThought(text)}`
  const summary = [{ type: 'summary_text', text }]
  return [{ id: `rs_${key}`, type: 'reasoning', summary, encrypted_content: sealed }, ...said]
}

/** The thought in a seal, whatever became of its summary; null: we did not seal it. */
export function thoughtIn(sealed: unknown): string | null {
  const [encoded = '', seal] = String(sealed).split('.')
  const text = Buffer.from(encoded, 'base64url').toString()
  return seal === sealThought(text) ? text : null
}

function itemOf({ toolName, pieces }: Saying, key: string, { namespaces, tools }: Ask): Item {
  const text = pieces.map((piece) => piece.text).join('')
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }]
  if (toolName === null) return { id: `msg_${key}`, type: 'message', status: 'completed', role: 'assistant', content }
  const namespace = namespaces?.get(toolName)
  const called = { call_id: `call_${key}`, name: toolName, ...(namespace && { namespace }) }
  if (tools.some(({ name, isFreeform }) => name === toolName && isFreeform))
    return { id: `ctc_${key}`, type: 'custom_tool_call', status: 'completed', ...called, input: text }
  const call = { ...called, arguments: text }
  return { id: `fc_${key}`, type: 'function_call', status: 'completed', ...call }
}

/** A response with what there is of it. */
export function responseOf(ask: Ask, completion: Completion, output: Item[], report?: Report | null): Item {
  const isOver = output.length > 0
  const isCut = isOver && completion.choices[0]!.finish === 'length'
  return {
    id: completion.id,
    object: 'response',
    created_at: completion.createdAtSeconds,
    status: isCut ? 'incomplete' : isOver ? 'completed' : 'in_progress',
    error: null,
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    model: ask.model,
    output,
    parallel_tool_calls: true,
    service_tier: 'default',
    tools: [],
    ...(report !== undefined && { usage: report && usageOf(report) }),
  }
}

function usageOf({ promptTokens, completionTokens, cachedTokens, reasoningTokens }: Report): Item {
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: cachedTokens ?? 0 },
    output_tokens: completionTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens ?? 0 },
    total_tokens: Number(promptTokens ?? 0) + Number(completionTokens ?? 0),
  }
}
