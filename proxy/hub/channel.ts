import type { ModelRequest, VendorDialect } from '../dialects/dialect.ts'
import type { Translation } from './translation.ts'

/** How one request is spoken to one deployment. */
export interface Channel {
  /** What the vendor is called in, and what its answer is metered as. */
  wire: VendorDialect
  /** The request in the words of the wire. */
  request: ModelRequest
  /** Null: the caller speaks the same, and bytes pass as they are. */
  translation: Translation | null
}

/** The channel to each deployment of a route, by its id. */
export type Channels = ReadonlyMap<string, Channel>
