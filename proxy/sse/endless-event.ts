import { StipendError } from '#lib/core/errors.ts'

/** We read no further. What the vendor goes on to say is in nobody's hands, and may be on its bill all the same. */
export class EndlessEvent extends StipendError {
  constructor() {
    super('upstream_error', 'The provider sent an event without end.')
  }
}
