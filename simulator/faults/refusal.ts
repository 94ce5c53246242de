/** An answer that is an error from its first byte, in words that every dialect has its own frame for. */
export interface Refusal {
  status: number
  code: string | null
  type: string
  message: string
  param?: string
  headers?: Record<string, string>
}

/** The vendor does not accept a call. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}
