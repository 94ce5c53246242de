import { StipendError } from '#lib/core/errors.ts'
import { type Nanos, parseUsd } from '#lib/core/money.ts'

/** The amount that was typed; throws `invalid_request_error` when it is none. */
export function readUsd(text: unknown, param: string): Nanos {
  const nanos = typeof text === 'string' ? parseUsd(text) : null
  if (nanos !== null) return nanos
  throw new StipendError('invalid_request_error', 'Write an amount in USD such as 20 or 7.50.', { param })
}
