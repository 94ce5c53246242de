/**
 * What a request means, in words of no dialect and none of the gateway's: what a generated request is written from, and
 * what the request that reaches the vendor is read back to. Two requests mean the same when they have the same facets.
 */
export interface Ask {
  system: string[]
  turns: Turn[]
  tools: Tool[]
  toolChoice: 'auto' | 'none' | 'required' | { name: string } | null
  /** False: one tool at a time. */
  parallelTools: boolean
  format: { schema: unknown } | null
  cap: number | null
  stop: string[]
  temperature: number | null
  topP: number | null
  topK: number | null
  seed: number | null
  frequencyPenalty: number | null
  presencePenalty: number | null
  thinks: boolean | null
  user: string | null
}

export type Turn =
  | { role: 'user'; results: Result[]; said: Shown[] }
  | { role: 'assistant'; text: string; calls: Call[] }

export type Shown = { text: string } | Picture | Page

export interface Picture {
  /** A data URL, or where it lies. */
  picture: string
  /** How closely to look; null: as the vendor likes. */
  detail: string | null
}

export interface Page {
  /** Base64, or where it lies. */
  page: string
}

export interface Call {
  name: string
  input: unknown
}

export interface Result {
  /** Which call of the whole conversation it answers, from 0. */
  of: number
  shown: Shown[]
  isError: boolean
}

export interface Tool {
  name: string
  description: string | null
  parameters: unknown
  isStrict: boolean
}
