import type { Report } from '../answer.ts'

/** Of what the vendor is paid for besides tokens of text, how many the answer has. */
export type Units = Partial<Record<'image' | 'character' | 'second' | 'search' | 'audio_input_token', number>>

/** One call as the vendor saw it. */
export interface Call {
  /** Also the id of the completion. */
  id: string
  /** ISO 8601. */
  at: string
  path: string
  /** As presented; null when nothing was. */
  credential: string | null
  /** As asked for; null when the body was not understood. */
  model: string | null
  /** The caller's own `x-request-id` or `x-stipend-request-id`. */
  requestId: string | null
  stream: boolean
  promptTokens: number
  /** How much of the prompt came from a cache. */
  cachedTokens: number
  /** Of the whole answer, served or not. */
  completionTokens: number
  /** How much of the whole answer was thought. */
  reasoningTokens: number
  /** The truth, whatever is told of it. */
  units: Units
  /** Output tokens handed to the connection so far; where it is aborted or broken, they stop there. */
  servedTokens: number
  /** Null until the headers are sent. */
  status: number | null
  /** The last that was told, field by field; null when nothing was. */
  reportedUsage: Report | null
  fault: string | null
  /** `aborted`: the caller left. `broken`: a fault cut the connection. */
  outcome: 'open' | 'finished' | 'aborted' | 'broken'
}
