import { StipendError } from '../core/errors.ts'
import { isUniqueViolation } from './is-unique-violation.ts'

/** For `.catch` behind a write: another live row has the name already. */
export function refuseTakenName(error: unknown): never {
  if (!isUniqueViolation(error)) throw error
  throw new StipendError('conflict', 'This name is in use. Choose another.', { param: 'name' })
}
