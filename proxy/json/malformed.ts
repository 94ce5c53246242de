import { StipendError } from '#lib/core/errors.ts'

/** To throw where a field is not what it has to be; `what` completes a sentence that begins with the field. */
export function malformed(param: string, what: string): StipendError {
  return new StipendError('invalid_request_error', `${param} ${what}.`, { param })
}
