import { StipendError } from '#lib/core/errors.ts'

/** The vendor was never reached: nothing can have been served, so nothing is owed. */
export class NotDispatched extends StipendError {}
