import { Refused } from './faults/refusal.ts'

/** The value of a JSON body; throws `Refused` when it has none. */
export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    throw new Refused({
      status: 400,
      code: null,
      type: 'invalid_request_error',
      message: 'We could not parse the JSON body of your request.',
    })
  }
}
