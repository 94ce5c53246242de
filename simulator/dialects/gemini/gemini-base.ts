import type { Answer, Part } from '../../answer.ts'
import type { Dialect } from '../dialect.ts'
import { errorOf } from './error-of.ts'
import { isArray, openEvent } from './open-event.ts'

const pattern = /^\/v1(?:beta)?\/models\/([^?]+):(\w+)(?:\?|$)/

/** What of an address follows the model, such as generateContent; empty where the address is none of Google's. */
export function methodOf(url: string): string {
  return pattern.exec(url)?.[2] ?? ''
}

export function modelOf(url: string): string {
  return decodeURIComponent(pattern.exec(url)?.[1] ?? '')
}

function sayIn(answer: Answer, data: string): Part {
  return { bytes: openEvent(data, isArray(answer), false), tokens: 0 }
}

/** What all methods of Google's have in common. */
export const geminiBase: Omit<Dialect, 'owns' | 'readAsk' | 'writeAnswer'> = {
  idPrefix: 'gen',
  credentialOf: ({ 'x-goog-api-key': key }) => (typeof key === 'string' ? key : null),
  describe: (_callId, processingMs) => ({
    'x-gemini-service-tier': 'standard',
    'server-timing': `gfet4t7; dur=${processingMs}`,
  }),
  refuse(refusal) {
    // A key that is not known is an argument that is wrong, and none at all an unknown caller.
    const isUnknownKey = refusal.code === 'invalid_api_key'
    const status = isUnknownKey ? 400 : refusal.status
    const message = isUnknownKey ? 'API key not valid. Please pass a valid API key.' : refusal.message
    return {
      status,
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      isStream: false,
      parts: [{ bytes: JSON.stringify(errorOf({ ...refusal, status, message }), null, 2), tokens: 0 }],
      ending: 'end',
    }
  },
  failMidStream: (refusal, answer) => sayIn(answer, `${JSON.stringify(errorOf(refusal))}${isArray(answer) ? ']' : ''}`),
  event: (data, answer) => sayIn(answer, data),
  takesNoComments: isArray,
}
