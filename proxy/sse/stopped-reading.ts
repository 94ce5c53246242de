import { StipendError } from '#lib/core/errors.ts'

/** We read no further. What the vendor goes on to say is in nobody's hands, and may be on its bill all the same. */
export class StoppedReading extends StipendError {
  /** `why` goes on from "The provider sent": "an event without end". */
  constructor(why: string) {
    super('upstream_error', `The provider sent ${why}.`)
  }
}
