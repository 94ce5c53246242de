import type { IncomingHttpHeaders } from 'node:http'
import type { Answer, Part, Report } from '../answer.ts'
import type { ReportStyle } from '../faults/fault.ts'
import type { Refusal } from '../faults/refusal.ts'
import type { Units } from '../journal/call.ts'
import type { Tokenizer } from '../writing/load-tokenizer.ts'
import type { Completion } from '../writing/write-completion.ts'

/** A wire format of a vendor. One file implements it; nothing else knows what its bytes look like. */
export interface Dialect {
  /** Begins the ids of its calls. */
  idPrefix: string
  /** Whether it answers POSTs to this path. */
  owns(path: string): boolean
  /** What the caller presents to be known by; null when that is nothing. */
  credentialOf(headers: IncomingHttpHeaders): string | null
  /** Throws `Refused` for a call that this vendor would not even read; missing: any credential that is good will do. */
  admit?(arrival: Arrival): void
  /** What a body says; missing: it is JSON. */
  readBody?(arrival: Arrival): Promise<unknown>
  /** What is asked; throws `Refused` for what the vendor would not accept. */
  readAsk(body: unknown, url: string, tokenizer: Tokenizer): Ask
  /** Headers of every answer, refusals included. */
  describe(callId: string, processingMs: number): Record<string, string>
  writeAnswer(ask: Ask, completion: Completion, telling: Telling): Answer
  refuse(refusal: Refusal): Answer
  /** What a stream says when the vendor fails in the middle. */
  failMidStream(refusal: Refusal, answer: Answer): Part
  /** One event with these data, as it would stand in this stream. */
  event(data: string, answer: Answer): Part
  /** This stream has no place for a comment, only for blanks. */
  takesNoComments?(answer: Answer): boolean
  /** The list of models, or one of it; null when the path is about neither. */
  showModels?(path: string, models: readonly string[]): Answer | null
}

/** A call as it came. */
export interface Arrival {
  method: string
  /** Path and query, as they were sent. */
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A request in words that all dialects share. */
export interface Ask {
  model: string
  stream: boolean
  /** Counted as this vendor counts. */
  promptTokens: number
  /** What the user said last. */
  question: string
  /** Null: the caller set no cap. */
  outputCap: number | null
  choices: number
  stop: string[]
  /** The tools that have to be called, all at once. */
  tools: Tool[]
  /** The answer has to be JSON of this schema; null: it is prose. */
  schema: unknown
  seed: number
  /** Whether a stream ends with its usage. */
  wantsUsage: boolean
  /** The answer begins with what the model thought. */
  showsThought?: boolean
  /** Of tools that belong to a namespace: which. */
  namespaces?: ReadonlyMap<string, string>
  /** A stream is one JSON array. */
  isArray?: boolean
  /** The answer, where it has no words and is known at once. */
  document?: object
  /** Output tokens of an answer that are no words, such as those of a picture. */
  wordlessTokens?: number
  /** What else is paid of it, besides tokens or among them. */
  units?: Units
}

export interface Tool {
  name: string
  parameters: unknown
  /** It is called with text, not with JSON. */
  isFreeform?: boolean
}

/** What an answer tells about its usage. */
export interface Telling {
  /** Null is told as null, undefined is not told. */
  report: Report | null | undefined
  style: ReportStyle
}
