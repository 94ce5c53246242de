import type { Refusal } from '../../faults/refusal.ts'
import type { Dialect } from '../dialect.ts'
import { admitBedrock } from './admit-bedrock.ts'
import { readAuthorization } from './check-signature.ts'
import { writeEvent, writeException } from './write-message.ts'

const nameOfStatus: Record<number, string> = {
  400: 'ValidationException',
  401: 'UnrecognizedClientException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailableException',
}

/** What all of Bedrock has in common: who is let in, and how it says no. */
export const bedrock = {
  idPrefix: 'msg_bdrk_',
  admit: admitBedrock,
  credentialOf({ authorization }) {
    const signed = readAuthorization(authorization)
    if (signed) return `sim-${signed.accessKeyId}`
    return /^Bearer +(\S.*)$/i.exec(authorization ?? '')?.[1] ?? null
  },
  describe: (callId) => ({ 'x-amzn-requestid': callId }),
  refuse: ({ status, code, message, headers }: Refusal) => ({
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': code?.endsWith('Exception') ? code : (nameOfStatus[status] ?? 'InternalServerException'),
      ...headers,
    },
    isStream: false,
    parts: [{ bytes: JSON.stringify({ message }), tokens: 0 }],
    ending: 'end',
  }),
  failMidStream: ({ message }: Refusal) => ({ bytes: writeException('modelStreamErrorException', message), tokens: 0 }),
  event: (data) => ({ bytes: writeEvent('chunk', { bytes: Buffer.from(data).toString('base64') }), tokens: 0 }),
} satisfies Partial<Dialect>

/** The model that a path of Bedrock names, and what it is asked to do; null: it is none of theirs. */
export function callOf(url: string): { model: string; method: string } | null {
  const found = /^\/model\/([^/?]+)\/([a-z-]+)(?:\?|$)/.exec(url)
  return found?.[1] && found[2] ? { model: decodeURIComponent(found[1]), method: found[2] } : null
}
