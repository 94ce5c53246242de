import { StipendError } from '../core/errors.ts'
import { checkOutboundUrl } from './check-outbound-url.ts'

/**
 * A base URL in its one spelling, without a trailing slash; throws `invalid_request_error` when it cannot be one.
 * `parameters`: what its query may say, plain words only.
 */
export function checkUpstreamUrl(
  text: string,
  allowPrivate: boolean,
  param = 'baseUrl',
  parameters: readonly string[] = [],
): string {
  const url = checkOutboundUrl(text, allowPrivate, param)
  const said = [...url.searchParams]
  if (url.hash || said.some(([name, value]) => !parameters.includes(name) || !/^[\w.-]{1,100}$/.test(value))) {
    const message =
      parameters.length > 0 ? `may only have ${parameters.join(' and ')} in its query` : 'must not have a query'
    throw new StipendError('invalid_request_error', `The URL ${message}, and no fragment.`, { param })
  }
  const query = said.map(([name, value]) => `${name}=${value}`).join('&')
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '') + (query && `?${query}`)
}
