import { Refused } from '../../faults/refusal.ts'
import { sealThought, thought } from '../thought.ts'
import type { GeminiContent } from './request-schema.ts'

/** What Google tells people to send in place of a signature where a call is another model's. */
const unsigned = 'skip_thought_signature_validator'

/**
 * As strict as Google is: a result follows its call, as many as were called; a thought's signature comes back as it was
 * given, and on the first call of every step of the turn that goes on.
 */
export function refuseDisorder(contents: readonly GeminiContent[], isThinking: boolean): void {
  const turnBegins = contents.findLastIndex(
    ({ role, parts }) => role !== 'model' && parts.some(({ functionResponse }) => !functionResponse),
  )
  for (const [index, { role = 'user', parts }] of contents.entries()) {
    if (role !== 'user' && role !== 'model' && role !== 'function') {
      throw refuse('Please use a valid role: user, model.')
    }
    const before = contents[index - 1]
    const called = before?.role === 'model' ? before.parts.filter(({ functionCall }) => functionCall) : []
    const given = parts.filter(({ functionResponse }) => functionResponse)
    if (given.length > 0 && called.length === 0) {
      throw refuse('Please ensure that function response turn comes immediately after a function call turn.')
    }
    if (called.length !== given.length) {
      throw refuse(
        'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
      )
    }
    const wanted = called.map(({ functionCall }) => functionCall!.name).toSorted()
    const named = given.map(({ functionResponse }) => functionResponse!.name).toSorted()
    if (wanted.join() !== named.join()) throw refuse(`There was no call of ${named.join(', ')}.`)
    for (const { thoughtSignature } of parts) {
      if (thoughtSignature === undefined || thoughtSignature === unsigned) continue
      if (role !== 'model' || thoughtSignature !== sealThought(thought)) throw refuse('Thought signature is not valid.')
    }
    const first = parts.find(({ functionCall }) => functionCall)
    if (isThinking && first && index > turnBegins && first.thoughtSignature === undefined) {
      throw refuse(
        `Function call is missing a thought_signature in functionCall parts: \`${first.functionCall!.name}\`, position ${index + 1}.`,
      )
    }
  }
  if (contents.at(-1)?.parts.some(({ functionCall }) => functionCall)) {
    throw refuse('Please ensure that function call turn is followed by a function response turn.')
  }
}

function refuse(message: string): Refused {
  return new Refused({ status: 400, code: null, type: 'invalid_request_error', message })
}
