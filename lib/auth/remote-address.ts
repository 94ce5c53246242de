/** The node mount overwrites it on every request with the address of the socket. */
export const remoteAddressHeader = 'x-stipend-remote-address'

/**
 * Where a request comes from, as the socket says. What a client can write itself, such as X-Forwarded-For, is not asked.
 * Without our mount in front there is no answer, and then all callers share one.
 */
export function remoteAddress(headers: Headers): string {
  return headers.get(remoteAddressHeader) || 'unknown'
}
