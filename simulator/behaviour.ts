import { z } from 'zod'
import { type FaultName, faultNames } from './faults/faults.ts'

/** A fixed figure, or the least and the most between which a seeded choice is made for every call. */
export type Range = number | [least: number, most: number]

/** What a vendor reports as used. Cached tokens are part of the prompt, reasoning is part of the completion. */
export interface Figures {
  promptTokens: number
  completionTokens: number
  cachedTokens: number
  reasoningTokens: number
}

/** How the vendor treats a call. */
export interface Behaviour {
  /** Before the headers of the answer. */
  latencyMs: Range
  /** Before every chunk of a stream but the first. */
  chunkDelayMs: Range
  /** On top of the delays: no token leaves faster. Null: no such pace. */
  tokensPerSecond: number | null
  /** How many tokens travel in one event of a stream; a character is never split over two. */
  tokensPerChunk: number
  /** How much the model has to say, before the caller's own cap; null: a short answer to the question. */
  outputTokens: Range | null
  /** Thought and never shown; part of the output, and of the caller's cap. */
  reasoningTokens: number
  /** How much of the prompt is reported as read from a cache. */
  cachedTokens: number
  /** The model says what the user said. */
  echo: boolean
  /** What tools are called with, by their names; others with the least that their schema accepts. */
  toolInputs: Record<string, unknown>
  /** Told to the caller instead of the truth, figure by figure. */
  reportedUsage: Partial<Figures> | null
  /** How many calls of one credential are taken; null: all. What is beyond is refused with 429 and told when to come again. */
  requestsPerMinute: number | null
  fault: FaultName | null
  /** Where a fault in the middle of an answer strikes; null: after half of it. */
  faultAtToken: number | null
  /** Cuts the bytes at seeded places, also inside a character. */
  cutBytes: boolean
  seed: number
}

export const honestBehaviour: Behaviour = {
  latencyMs: 0,
  chunkDelayMs: 0,
  tokensPerSecond: null,
  tokensPerChunk: 1,
  outputTokens: null,
  reasoningTokens: 0,
  cachedTokens: 0,
  echo: false,
  toolInputs: {},
  reportedUsage: null,
  requestsPerMinute: null,
  fault: null,
  faultAtToken: null,
  cutBytes: false,
  seed: 0,
}

const count = z.int().nonnegative()
const amount = z.number().nonnegative()

function rangeOf(figure: z.ZodType<number>) {
  return z.union([figure, z.tuple([figure, figure]).refine(([least, most]) => least <= most, 'least exceeds most')])
}

export const behaviourFields = {
  latencyMs: rangeOf(amount),
  chunkDelayMs: rangeOf(amount),
  tokensPerSecond: z.number().positive().nullable(),
  tokensPerChunk: z.int().positive(),
  outputTokens: rangeOf(count).nullable(),
  reasoningTokens: count,
  cachedTokens: count,
  echo: z.boolean(),
  toolInputs: z.record(z.string(), z.unknown()),
  reportedUsage: z
    .strictObject({
      promptTokens: z.number(),
      completionTokens: z.number(),
      cachedTokens: z.number(),
      reasoningTokens: z.number(),
    })
    .partial()
    .nullable(),
  requestsPerMinute: z.number().positive().nullable(),
  fault: z.enum(faultNames).nullable(),
  faultAtToken: count.nullable(),
  cutBytes: z.boolean(),
  seed: z.int(),
} satisfies { [Field in keyof Behaviour]: z.ZodType<Behaviour[Field]> }
