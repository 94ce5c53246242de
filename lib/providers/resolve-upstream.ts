import { StipendError } from '../core/errors.ts'
import { environment } from '../environment.ts'
import { checkUpstreamUrl } from '../outbound/check-upstream-url.ts'
import { findVendor, isCallable, type Vendor } from './vendors.ts'

/** The vendor and the checked base URL of a provider; throws `invalid_request_error` when it cannot be called. */
export function resolveUpstream(vendorId: string, baseUrl: string | undefined): { vendor: Vendor; baseUrl: string } {
  const vendor = findVendor(vendorId)
  if (!vendor || !isCallable(vendor)) {
    throw new StipendError(
      'invalid_request_error',
      `${vendor?.label ?? 'This vendor'} cannot be called yet. Use a vendor that speaks OpenAI's dialect, or openai-compatible with a base URL.`,
      { param: 'vendor' },
    )
  }
  const url = baseUrl ?? vendor.baseUrl
  if (url === null) {
    throw new StipendError('invalid_request_error', `${vendor.label} needs the base URL of your account.`, {
      param: 'baseUrl',
    })
  }
  return { vendor, baseUrl: checkUpstreamUrl(url, environment().STIPEND_ALLOW_PRIVATE_UPSTREAMS) }
}
