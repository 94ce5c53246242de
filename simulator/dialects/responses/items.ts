import type { Report } from '../../answer.ts'
import type { Completion } from '../../writing/write-completion.ts'
import type { Ask } from '../dialect.ts'
import { sealThought, thought } from '../thought.ts'

export type Item = Record<string, unknown>

/** What the model says, as items: its thought, if it shows one, and its words or the call of a tool. */
export function itemsOf(ask: Ask, { id, choices }: Completion): Item[] {
  const { toolName, pieces } = choices[0]!
  const text = pieces.map((piece) => piece.text).join('')
  const key = id.replace('resp_', '')
  const summary = [{ type: 'summary_text', text: thought }]
  const reasoning = { id: `rs_${key}`, type: 'reasoning', summary, encrypted_content: sealThought(thought) }
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }]
  const said =
    toolName === null
      ? { id: `msg_${key}`, type: 'message', status: 'completed', role: 'assistant', content }
      : {
          id: `fc_${key}`,
          type: 'function_call',
          status: 'completed',
          call_id: `call_${key}`,
          name: toolName,
          arguments: text,
        }
  return ask.showsThought ? [reasoning, said] : [said]
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
