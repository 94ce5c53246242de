import type { StipendError } from '#lib/core/errors.ts'

/** The vendor found fault with the request itself: its own words are the best answer, so they pass unmodified
 * to whoever speaks its dialect. */
export class VendorRefusal extends Error {
  override readonly name = 'VendorRefusal'
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array

  /** In words of ours, for a caller who speaks another dialect than the vendor. */
  readonly translated: StipendError | null

  constructor(
    status: number,
    headers: Record<string, string>,
    body: Uint8Array,
    translated: StipendError | null = null,
  ) {
    super(`The vendor answered ${status}.`)
    this.translated = translated
    this.status = status
    this.headers = headers
    this.body = body
  }
}
