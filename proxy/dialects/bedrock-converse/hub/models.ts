import type { Effort } from '../../../hub/conversation.ts'

/** What Bedrock's models take, by their names, with whatever region or profile stands before them. */

/** It keeps what it is told to keep. */
export function canCache(upstreamModel: string): boolean {
  return /claude|nova/.test(upstreamModel)
}

export function takesTopK(upstreamModel: string): boolean {
  return /claude/.test(upstreamModel)
}

const weights: Record<Effort, string | null> = {
  none: null,
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
}

/** How each family is told to think; null: it cannot be told. */
export function thinkingFields(upstreamModel: string, effort: Effort | null): Record<string, unknown> | null {
  const weight = effort === null ? 'medium' : weights[effort]
  if (/nova-2/.test(upstreamModel)) {
    if (weight === null) return { reasoningConfig: { type: 'disabled' } }
    return { reasoningConfig: { type: 'enabled', maxReasoningEffort: weight } }
  }
  if (/gpt-oss/.test(upstreamModel)) return { reasoning_effort: weight ?? 'low' }
  return null
}
