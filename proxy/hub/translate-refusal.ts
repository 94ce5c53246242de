import { type ErrorCode, StipendError } from '#lib/core/errors.ts'
import { asRecord } from '../json/as-record.ts'
import { textOr } from '../json/read-value.ts'

const codeOfStatus: Record<number, ErrorCode> = {
  404: 'model_not_found',
  413: 'request_too_large',
  429: 'rate_limit_exceeded',
}

/** What a vendor found wrong with a request, as an error of ours: its words, whatever its shape. */
export function translateRefusal(status: number, body: Uint8Array): StipendError {
  const message = messageOf(body) ?? `The provider refused the request (HTTP ${status}).`
  return new StipendError(codeOfStatus[status] ?? 'invalid_request_error', message)
}

function messageOf(body: Uint8Array): string | null {
  try {
    const answer = asRecord(JSON.parse(Buffer.from(body).toString('utf8')))
    const candidates = [asRecord(answer.error).message, answer.message, answer.error, answer.detail]
    return candidates.map((candidate) => textOr(candidate, null)).find((text) => text !== null) ?? null
  } catch {
    return null
  }
}
