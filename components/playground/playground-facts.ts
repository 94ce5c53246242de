/** One of the own keys, which pays. */
export interface PlaygroundKey {
  id: string
  name: string
  projectName: string
  status: 'active' | 'paused' | 'exhausted' | 'expired'
  /** What the tightest budget can still pay for; null: no cap. */
  leftUsd: string | null
  /** What it may call. */
  models: readonly string[]
}

/** A model that can be talked to, and what it can be told. */
export interface PlaygroundModel {
  name: string
  /** Keys with a cap cannot call it otherwise. */
  priced: boolean
  takesTemperature: boolean
  takesEffort: boolean
  /** The field for its output cap in OpenAI's dialect. */
  capField: 'max_tokens' | 'max_completion_tokens'
}
