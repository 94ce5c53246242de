import { awsRegionOf } from '../core/aws-region.ts'
import type { Wire } from '../core/dialects.ts'
import { StipendError } from '../core/errors.ts'
import { tidyBaseUrl } from '../core/tidy-base-url.ts'
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
  const { wire, parameters } = vendor
  const allowPrivate = environment().STIPEND_ALLOW_PRIVATE_UPSTREAMS
  const checked = checkUpstreamUrl(tidyBaseUrl(wire, url), allowPrivate, 'baseUrl', parameters)
  const problem = placeProblemOf(wire, checked)
  if (problem) throw new StipendError('invalid_request_error', problem, { param: 'baseUrl' })
  return { vendor, baseUrl: checked }
}

/** What an address lacks that nobody could call the vendor without. */
function placeProblemOf(wire: Wire, baseUrl: string): string | null {
  if (wire === 'bedrock' && !awsRegionOf(baseUrl)) {
    return 'The URL names no region, such as https://bedrock-runtime.us-east-1.amazonaws.com. Add ?region= to another host.'
  }
  if (wire === 'vertex' && !/\/v1(?:beta1)?\/projects\/[^/]+\/locations\/[^/]+$/.test(new URL(baseUrl).pathname)) {
    return 'The URL must end in /v1/projects/PROJECT/locations/LOCATION.'
  }
  return null
}
