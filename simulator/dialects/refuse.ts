import { Refused } from '../faults/refusal.ts'

/** The 400 of vendors that name a wrong request and no code for it. */
export function refuse(message: string): Refused {
  return new Refused({ status: 400, code: null, type: 'invalid_request_error', message })
}
