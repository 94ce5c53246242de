import type { Report } from '../../answer.ts'
import type { Choice, Completion } from '../../writing/write-completion.ts'
import type { Ask } from '../dialect.ts'
import { sealThought, thought } from '../thought.ts'
import { writeUsage } from './write-usage.ts'

const finishReasons = { stop: 'STOP', tool: 'STOP', length: 'MAX_TOKENS' } as const

export type GeminiPart = Record<string, unknown>

export interface GeminiCandidate {
  parts: GeminiPart[]
  finish: Choice['finish'] | null
}

/** One answer, or one piece of a stream; candidates that are null say nothing in it. `report`: undefined tells none. */
export function answerOf(
  ask: Ask,
  { id }: Completion,
  candidates: (GeminiCandidate | null)[],
  report: Report | null | undefined,
): object {
  return {
    candidates: candidates.flatMap((candidate, index) => {
      if (!candidate) return []
      const { parts, finish } = candidate
      const content = { ...(parts.length > 0 && { parts }), role: 'model' }
      return [{ content, ...(finish && { finishReason: finishReasons[finish] }), index }]
    }),
    ...(report !== undefined && { usageMetadata: report && writeUsage(report) }),
    modelVersion: ask.model,
    responseId: id,
  }
}

export const thoughtPart: GeminiPart = { text: thought, thought: true }

/** The call of a tool comes in one piece. The signature of what was thought stands on the first thing said after it. */
export function callPart({ toolName, pieces }: Choice, ask: Ask): GeminiPart {
  return { functionCall: { name: toolName, args: argsOf(pieces) }, ...signed(ask) }
}

export function signed(ask: Ask): { thoughtSignature?: string } {
  return ask.showsThought ? { thoughtSignature: sealThought(thought) } : {}
}

function argsOf(pieces: Choice['pieces']): unknown {
  try {
    return JSON.parse(pieces.map(({ text }) => text).join(''))
  } catch {
    // The cap cut it short.
    return {}
  }
}
