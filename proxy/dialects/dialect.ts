import type { StipendError } from '#lib/core/errors.ts'
import type { Nanos } from '#lib/core/money.ts'
import type { Usage } from '#lib/core/usage.ts'
import type { ModelSummary } from '../gateway.ts'
import type { JsonBody } from '../steps/read-json.ts'

/**
 * What a client speaks. The steps know a request only through these words; a second dialect is a second value
 * of this type in a folder beside the first.
 */
export interface Dialect {
  /** As it stands on a request's row. */
  name: string
  /** Below a provider's base URL. */
  upstreamPath: string
  /** Vendors whose accounts do not speak it. */
  foreignVendors: ReadonlySet<string>

  /** Throws `invalid_request_error` with the path of the field in `param`. */
  parseRequest(body: JsonBody): ModelRequest
  /** The body for one deployment; `outputCap` is set when the caller's own does not stand. */
  writeRequest(request: ModelRequest, target: Target, outputCap: number | null): string

  renderError(error: StipendError): string
  /** A failure after the first byte, as an event of the stream. */
  renderErrorEvent(error: StipendError): string
  renderModels(models: ModelSummary[]): string
  renderModel(model: ModelSummary): string

  /** True for the event after which nothing follows. */
  endsStream(event: Uint8Array): boolean
  /** Cheap, on bytes: whether an event is worth reading before the end. */
  mayReport(event: Uint8Array): boolean
  /** Reads one JSON value of an answer: a whole body or the data of an event. */
  readReport(value: unknown): Report
  readText(value: unknown): string
  /** The same value as the caller shall see it: its cost beside its usage, or no usage. Null: nothing is left. */
  withCost(value: unknown, costNanos: Nanos): unknown
  withoutUsage(value: unknown): unknown
}

/** Where a request is sent. */
export interface Target {
  vendor: string
  upstreamModel: string
}

/** A request that was found sound, in the words that every dialect has. */
export interface ModelRequest {
  model: string
  stream: boolean
  /** The caller asked to see the usage in the stream. */
  wantsUsage: boolean
  /** Tokens for each choice, as the caller limited them; null: not at all. */
  outputCap: number | null
  /** Answers that are asked for and paid. */
  choices: number
  input: Input
  /** As parsed and found sound; what is sent is written from it. */
  body: Readonly<Record<string, unknown>>
}

/** What has to be known about the input to bound it. */
export interface Input {
  /** Bytes of everything that becomes tokens by way of text; no text has more tokens than bytes. */
  textBytes: number
  images: number
  /** Tokens that the vendor adds of its own when it has tools or schemas to explain. */
  scaffoldTokens: number
  /** The text itself with the tokens that frame it, for an exact count; only called when one is needed. */
  readTexts(): { texts: string[]; frameTokens: number }
}

/** What one piece of an answer says about its own size. */
export interface Report {
  /** Null: it says nothing. */
  usage: Usage | null
  /** Some figure was none: negative, not whole, absurd, text. Such a figure is null in `usage`. */
  broken: boolean
  finishReason: string | null
  /** The vendor says that it failed. */
  failed: boolean
}
