import type { DialectName } from '#lib/core/dialects.ts'
import type { StipendError } from '#lib/core/errors.ts'
import type { Nanos } from '#lib/core/money.ts'
import type { UnitKind, Units } from '#lib/core/units.ts'
import type { Usage } from '#lib/core/usage.ts'
import type { IncomingRequest } from '../exchange.ts'
import type { ModelSummary } from '../gateway.ts'
import type { Hub, VendorHub } from '../hub/hub.ts'
import type { Form } from '../json/read-form.ts'
import type { FramingName } from '../sse/framing.ts'
import type { JsonBody } from '../steps/read-json.ts'

/** What is said to a vendor, and how its answer is understood. */
export interface VendorDialect {
  /** As it stands on a request's row, and among what a deployment `speaks`. */
  name: DialectName
  /** The vendor refuses requests without an output cap. */
  needsOutputCap?: boolean
  /** Its answers may be other things than JSON. */
  answersBytes?: boolean

  /** How other dialects are put into it; null: it passes as it is or not at all. */
  hub: VendorHub | null

  /** Below a provider's base URL, with its query. */
  upstreamPath(request: ModelRequest, target: Target): string
  /** The body for one deployment; `outputCap` is set when the caller's own does not stand. */
  writeRequest(request: ModelRequest, target: Target, outputCap: number | null): string | Uint8Array

  /** Whether an error is in its own words; missing: whatever comes is. */
  ownsRefusal?(value: unknown): boolean
  /** True for the event after which nothing follows. */
  endsStream(event: Uint8Array): boolean
  /** Cheap, on bytes: whether an event is worth reading before the end. */
  mayReport(event: Uint8Array): boolean
  /** Reads one JSON value of an answer: a whole body or the data of an event. */
  readReport(value: unknown): Report
  readText(value: unknown): string
  /** The same value as the caller shall see it: its cost beside its usage, or no usage. Null: nothing is left. What
   * is to pass as it came is returned itself. */
  withCost(value: unknown, costNanos: Nanos): unknown
  withoutUsage(value: unknown): unknown
}

/**
 * What is spoken on one side of the gateway. The steps know a request only through these words; another dialect is
 * another value of this type in a folder beside the others.
 */
export interface Dialect extends VendorDialect {
  /** Whether who speaks it can be asked for this at all; missing: it can. */
  isServedBy?(target: Target): boolean
  /** Its requests may be forms with files. */
  takesForms?: boolean

  /** How it meets the others; null: it passes as it is or not at all. */
  hub: Hub | null

  /** Throws `invalid_request_error` with the path of the field in `param`. */
  parseRequest(body: JsonBody, asked: Asked): ModelRequest

  renderError(error: StipendError, requestId?: string): string
  /** A failure after the first byte, as an event of the stream. */
  renderErrorEvent(error: StipendError): string
  renderModels(models: ModelSummary[]): string
  renderModel(model: ModelSummary): string
}

/** What besides its body belongs to a request. */
export type Asked = Pick<IncomingRequest, 'path' | 'query' | 'headers'>

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
  /** The most of each kind that it can use besides tokens of text; of kinds of tokens only whether there are any. */
  units?: Units
  /** By what such an answer is paid; missing: by its tokens. */
  paidBy?: PaidBy
  /** The answer begins with the question, which is paid once. */
  isEcho?: boolean
  /** What the path asks of the model, where the path says it. */
  method?: string
  /** How its stream is framed; missing: as server-sent events. */
  framing?: FramingName
  /** What is sent where it is not JSON. */
  form?: Form
  contentType?: string
  /** As parsed and found sound; what is sent is written from it. */
  body: Readonly<Record<string, unknown>>
  /** Fields of the caller's that no vendor is told, by their paths. */
  dropped?: readonly string[]
  /** It only counts or looks up: no vendor charges for it, and nothing is written. */
  isFree?: boolean
  /** The answer that this one continues, which the vendor has kept: it can be asked of nobody else. */
  continues?: string
  /** The caller's headers that the vendor must see. */
  headers?: Readonly<Record<string, string>>
  /** The part of the caller's query that the vendor must see, without the question mark. */
  query?: string
}

/** A price that has none for this kind cannot pay for the answer, unless it has one for tokens and those will do. */
export interface PaidBy {
  kind: UnitKind
  orTokens: boolean
}

/** What has to be known about the input to bound it. */
export interface Input {
  /** Bytes of everything that becomes tokens by way of text; no text has more tokens than bytes. */
  textBytes: number
  images: number
  /** Documents whose pages nobody has counted: with one of them only the context bounds the input. */
  documents?: number
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
  /** What the answer is called, where the vendor keeps it under that name. */
  answerId?: string | undefined
}
