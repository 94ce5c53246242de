import { StipendError } from '#lib/core/errors.ts'
import { AccountRefusal } from '../steps/account-refusal.ts'
import { ClientGone } from '../steps/client-gone.ts'
import { VendorRefusal } from '../steps/vendor-refusal.ts'
import { NotDispatched } from '../upstream/not-dispatched.ts'
import type { Fault, Lesson } from './health.ts'
import { readRetryAfter } from './read-retry-after.ts'

/** Longer words of a vendor than these are no short reason. */
const mostReadBytes = 16_384

const noCredit =
  /insufficient_quota|insufficient[ _](?:balance|credit|funds)|credit balance is too low|payment required/i
const tooLong =
  /context_length_exceeded|context (?:length|window)|maximum context|prompt is too long|too_many_tokens|too many tokens|exceeds the maximum number of tokens|input is too long/i
const filtered =
  /content_filter|content_policy_violation|content management policy|responsible ?ai|data_inspection_failed|flagged as potentially/i

/** What a failed attempt says: of the request, of the credential, or of the vendor. */
export function judgeFailure(failure: unknown, status: number | null): Lesson {
  if (failure instanceof ClientGone) return { fault: 'gone', retryAfterMs: null, status }
  if (failure instanceof VendorRefusal) {
    const said = Buffer.from(failure.body.subarray(0, mostReadBytes)).toString('utf8')
    return {
      fault: faultOfRefusal(failure.status, said),
      retryAfterMs: readRetryAfter(failure.headers, said),
      status: failure.status,
    }
  }
  if (failure instanceof NotDispatched) return { fault: 'unreachable', retryAfterMs: null, status }
  if (failure instanceof AccountRefusal) {
    return { fault: status === 402 ? 'credit' : 'account', retryAfterMs: null, status }
  }
  if (status !== null && status >= 300) {
    const retryAfterMs = failure instanceof StipendError ? (failure.retryAfterMs ?? null) : null
    return { fault: 'vendor', retryAfterMs, status }
  }
  const isSlow = failure instanceof StipendError && failure.code === 'upstream_timeout'
  return { fault: isSlow ? 'slow' : 'lost', retryAfterMs: null, status }
}

function faultOfRefusal(status: number, said: string): Fault {
  if (noCredit.test(said)) return 'credit'
  if (status === 429) return 'limit'
  // The second is how Bedrock says that the model itself failed.
  if (status === 408 || status === 424) return 'vendor'
  if (status === 413 || tooLong.test(said)) return 'context'
  if (filtered.test(said)) return 'content'
  return status === 404 || /model_not_found/.test(said) ? 'model' : 'request'
}
