import { StipendError } from '../core/errors.ts'
import { checkOutboundUrl } from './check-outbound-url.ts'

/** A base URL in its one spelling, without a trailing slash; throws `invalid_request_error` when it cannot be one. */
export function checkUpstreamUrl(text: string, allowPrivate: boolean, param = 'baseUrl'): string {
  const url = checkOutboundUrl(text, allowPrivate, param)
  if (url.search || url.hash) {
    throw new StipendError('invalid_request_error', 'The URL must not have a query or fragment.', { param })
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}
