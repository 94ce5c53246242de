import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Dialect } from '../dialects/dialect.ts'
import type { Call } from './call.ts'

/** Keeps the ids of two runs apart that write to the same file. */
const run = randomBytes(6).toString('hex')

/** A call of which nothing but its headers is known. */
export function newCall(number: number, path: string, headers: IncomingHttpHeaders, dialect: Dialect): Call {
  const requestId = headers['x-request-id'] ?? headers['x-stipend-request-id']
  return {
    id: `${dialect.idPrefix}${run}${number.toString(36).padStart(8, '0')}`,
    at: new Date().toISOString(),
    path,
    credential: dialect.credentialOf(headers),
    model: null,
    requestId: typeof requestId === 'string' ? requestId : null,
    stream: false,
    promptTokens: 0,
    cachedTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    units: {},
    servedTokens: 0,
    status: null,
    reportedUsage: null,
    fault: null,
    outcome: 'open',
  }
}
