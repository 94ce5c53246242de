/** The vendor found fault with the request itself: its own words are the best answer, so they pass unmodified. */
export class VendorRefusal extends Error {
  override readonly name = 'VendorRefusal'
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array

  constructor(status: number, headers: Record<string, string>, body: Uint8Array) {
    super(`The vendor answered ${status}.`)
    this.status = status
    this.headers = headers
    this.body = body
  }
}
