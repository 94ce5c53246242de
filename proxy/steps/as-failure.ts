import { asUpstreamError } from '../upstream/as-upstream-error.ts'
import { ClientGone } from './client-gone.ts'
import { VendorRefusal } from './vendor-refusal.ts'

/** What an error on the way to the vendor or back means for the caller; nothing, when the caller is gone. */
export function asFailure(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return new ClientGone()
  return error instanceof VendorRefusal ? error : asUpstreamError(error)
}
