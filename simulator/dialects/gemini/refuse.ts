import { Refused } from '../../faults/refusal.ts'

/** The 400 of this vendor. */
export function refuse(message: string): Refused {
  return new Refused({ status: 400, code: null, type: 'invalid_request_error', message })
}
