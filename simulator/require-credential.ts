import { Refused } from './faults/refusal.ts'

/** Every credential that looks like one is good. A rule with the fault `status-401` makes one bad. */
export function requireCredential(credential: string | null): string {
  if (credential === null) {
    throw new Refused({
      status: 401,
      code: null,
      type: 'invalid_request_error',
      message: "You didn't provide an API key. Send it in the Authorization header, as Bearer YOUR_KEY.",
    })
  }
  if (/^(?:sim|sk)-./.test(credential)) return credential
  throw new Refused({
    status: 401,
    code: 'invalid_api_key',
    type: 'invalid_request_error',
    message: `Incorrect API key provided: ${credential.slice(0, 4)}***. The simulator takes keys that begin with sim- or sk-.`,
  })
}
