import type { Nanos } from '#lib/core/money.ts'
import type { Usage } from '#lib/core/usage.ts'
import type { ModelRequest, Target } from '../dialects/dialect.ts'
import type { JsonBody } from '../steps/read-json.ts'
import type { AnswerPart } from './answer-part.ts'
import type { Conversation } from './conversation.ts'

/** How words of no dialect are put to a vendor, and its answer into them. */
export interface VendorHub {
  /**
   * The body that says the same here; throws `invalid_request_error` for what it cannot say. Both that and what is
   * dropped are named as OpenAI's chat does, or by the `path` of a part: `openChannel` makes the caller's names of them.
   */
  writeConversation(conversation: Conversation, target: Target, drop: Drop): Record<string, unknown>
  /** Parses what `writeConversation` wrote, so that it is measured and bounded as if a caller had sent it. */
  parseWritten(body: JsonBody): ModelRequest
  /** Reads the events of one stream, value by value. */
  openReader(written: Readonly<Record<string, unknown>>): AnswerReader
  /** Reads a whole answer. */
  readAnswer(value: unknown, written: Readonly<Record<string, unknown>>): AnswerPart[]
}

/** How a dialect that callers speak meets the others: each way of it to and from words of no dialect, written once. */
export interface Hub extends VendorHub {
  /** How this dialect calls, in this body, what OpenAI's chat calls `field`; what it has no other name for is called the same. */
  nameOf(field: string, body: ModelRequest['body']): string
  /** Throws `invalid_request_error` for what no other dialect could say. */
  readConversation(body: ModelRequest['body'], drop: Drop): Conversation
  /** Writes the events of one stream. */
  openWriter(head: AnswerHead): AnswerWriter
  /** Writes a whole answer. */
  writeAnswer(parts: readonly AnswerPart[], head: AnswerHead, bill: Billed): Record<string, unknown>
}

/** Takes note of a field that is left out on the way, for the caller to be told. */
export type Drop = (field: string) => unknown

export interface AnswerReader {
  read(value: unknown): AnswerPart[]
  /** What was held back, once nothing more comes. */
  end(): AnswerPart[]
}

export interface AnswerWriter {
  /** What can be said before the first part; nothing, once anything was said. */
  begin(): string
  write(part: AnswerPart): string
  /** All that is left to say. */
  end(bill: Billed): string
}

/** What an answer is called. */
export interface AnswerHead {
  id: string
  /** By its public name, as the caller wrote it. */
  model: string
  createdAtSeconds: number
  wantsUsage: boolean
  /** The caller's own request. */
  body: ModelRequest['body']
}

export interface Billed {
  usage: Usage
  costNanos: Nanos
}
