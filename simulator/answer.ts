import type { Figures } from './behaviour.ts'

/** Usage as it was written on the wire, whatever nonsense that was. */
export type Report = Partial<Record<keyof Figures, number | string | null>>

/** Bytes that leave together, and what they mean to the journal once they have left. */
export interface Part {
  bytes: string | Buffer
  /** Output tokens in it. */
  tokens: number
  /** Null: it says that there is no usage to report. */
  report?: Report | null
}

/** All of an answer before any of it is sent: what dialects write, faults change and `playAnswer` sends. */
export interface Answer {
  status: number
  headers: Record<string, string>
  /** Events leave one by one, paced; a document leaves as soon as it is there. */
  isStream: boolean
  parts: Part[]
  /** How it ends after the last part; `reset` and `hang` also when not even headers were sent. */
  ending: 'end' | 'reset' | 'hang'
  /** The ending comes before the headers. */
  isSilent?: boolean
}
