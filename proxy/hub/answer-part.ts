import type { Seal } from './conversation.ts'

/**
 * A piece of an answer in words of no dialect, in the order in which it came. Pieces of one kind that follow each
 * other are one block, until a `break`, another kind, or another tool.
 */
export type AnswerPart =
  | { type: 'text'; text: string }
  | { type: 'refusal'; text: string }
  | { type: 'reasoning'; text: string }
  /** Ends a thought. */
  | { type: 'seal'; seal: Seal }
  /** Begins the call of a tool; what follows of its input belongs to it. */
  | { type: 'tool'; id: string; name: string }
  | { type: 'input'; json: string }
  | { type: 'citation'; citation: Citation }
  | { type: 'break' }
  | { type: 'finish'; reason: FinishReason; stopSequence?: string }
  | { type: 'failure'; message: string }

export type FinishReason = 'stop' | 'length' | 'tools' | 'filter' | 'refusal'

/** Where something that the model said is from. */
export interface Citation {
  url: string
  title: string
}
