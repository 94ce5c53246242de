import { StipendError } from './errors.ts'

/** One answer for what never was, what is gone and what belongs to somebody else. */
export function notFound(noun: string, param?: string): StipendError {
  return new StipendError('not_found', `There is no such ${noun}. Check the id.`, param ? { param } : {})
}
