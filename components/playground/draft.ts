export const efforts = ['low', 'medium', 'high'] as const

export type Effort = (typeof efforts)[number]

/** What models are told beside the conversation. As typed; empty: as each model likes. */
export interface Settings {
  system: string
  temperature: string
  maxTokens: string
  effort: Effort | ''
}

export const noSettings: Settings = { system: '', temperature: '', maxTokens: '', effort: '' }

/** A turn as it is kept and shared: without what it cost. */
export interface SavedTurn {
  text: string
  /** By model. */
  answers: Record<string, string>
}

/** All that a link or this browser brings back. */
export interface Draft {
  models: string[]
  settings: Settings
  /** Not sent yet. */
  text: string
  turns: SavedTurn[]
}

export const mostModels = 4
