import type { Hub, VendorHub } from './hub.ts'

/** How the answer comes back: written as the caller reads it, read as the vendor wrote it. */
export interface Translation {
  /** Of the caller's dialect. */
  own: Hub
  /** Of the vendor's. */
  wire: VendorHub
  /** What was left out of the request, by the caller's names. */
  dropped: string[]
}
