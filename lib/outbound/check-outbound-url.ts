import { isIP } from 'node:net'
import { StipendError } from '../core/errors.ts'
import { isAllowedAddress } from './is-allowed-address.ts'

const internalNames = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/

/**
 * The URL, when something of ours may be sent there; throws `invalid_request_error` when not. A host name is judged again
 * when it has been resolved, at every connection.
 */
export function checkOutboundUrl(text: string, allowPrivate: boolean, param: string): URL {
  const refuse = (message: string) => new StipendError('invalid_request_error', message, { param })
  // The parser drops tabs and line ends and turns backslashes round: what is not plain is not meant well.
  if (!URL.canParse(text) || /[\s\\\p{Cc}]/u.test(text)) {
    throw refuse('Write the whole URL, for example https://api.example.com/v1.')
  }
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) {
    throw refuse('The URL must begin with https://.')
  }
  if (url.username || url.password) throw refuse('The URL must not hold a user name or password.')
  // The parser has already brought every odd notation of an IPv4 address (octal, hexadecimal, one number) to four decimals.
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const allowed = isIP(host) ? isAllowedAddress(host, allowPrivate) : allowPrivate || !internalNames.test(host)
  if (!allowed || host === 'metadata.google.internal') {
    throw refuse(
      'The URL points into a private network. Use a public host, or start Stipend with STIPEND_ALLOW_PRIVATE_UPSTREAMS=true.',
    )
  }
  return url
}
