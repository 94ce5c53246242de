import { isThinker } from '../dialects/openai-chat/hub/is-thinker.ts'
import { asRecord } from '../json/as-record.ts'
import type { Served } from './served.ts'

/** No vendor that hides what its models think lets them write faster. */
const tokensPerSecond = 300

/**
 * The most that can have been written in the time, thoughts included, where a model may think and does not show it: they
 * are paid like words, and only the last event of a stream tells of them. 0 where nothing is hidden.
 */
export function thinkUnseen({ request: { body }, deployment, servingMs = 0 }: Served): number {
  const effort = body.reasoning_effort ?? asRecord(body.reasoning).effort
  const isHidden = (isThinker(deployment.upstreamModel) && effort !== 'none') || isSummed(body)
  return isHidden ? Math.ceil((servingMs * tokensPerSecond) / 1000) : 0
}

/** Claude shows a summary of its thoughts at most. */
function isSummed(body: Readonly<Record<string, unknown>>): boolean {
  const { type } = asRecord(body.thinking ?? asRecord(body.additionalModelRequestFields).thinking)
  return type === 'enabled' || type === 'adaptive'
}
