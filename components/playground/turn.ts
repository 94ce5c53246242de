import type { CallFigures } from './call-figures.ts'

/** Why there is no answer, or no whole one. */
export interface Refusal {
  /** Null: it never came to the gateway, or nobody knows what became of it. */
  status: number | null
  code: string | null
  /** In the gateway's words; null: there are none. */
  message: string | null
}

export interface Answer {
  state: 'waiting' | 'streaming' | 'whole' | 'stopped' | 'failed'
  /** Of the request, as the gateway calls it. Null until it has said so, and for answers that were brought back. */
  callId: string | null
  thought: string
  text: string
  refusal: Refusal | null
  /** Parameters that the gateway left out, because the vendor takes none such. */
  dropped: string | null
  /** `unknown`: the gateway could not be asked, or never booked it. */
  figures: CallFigures | 'pending' | 'unknown'
}

/** What was asked, and what each model said to it. */
export interface Turn {
  id: number
  text: string
  /** By model. */
  answers: Record<string, Answer>
}

export const noAnswer: Answer = {
  state: 'waiting',
  callId: null,
  thought: '',
  text: '',
  refusal: null,
  dropped: null,
  figures: 'pending',
}
