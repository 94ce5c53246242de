import { StipendError } from '#lib/core/errors.ts'

/** What is asked cannot be put to this model: never dropped in silence, since the answer would be another one. */
export function cannotSay(param: string, instead = 'Leave it out, or use a model that takes it'): StipendError {
  const message = `${param}: the model's vendor cannot be asked for this in the dialect of this request. ${instead}.`
  return new StipendError('invalid_request_error', message, { param })
}
