import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { NotDispatched } from './not-dispatched.ts'

/**
 * Resolves a host once, for the connection that is about to be made to that very answer. One address that the
 * outbound rules forbid spoils them all: a name that points inside and outside is up to no good.
 */
export function pinnedLookup(isAllowedAddress: (ip: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? []
      if (error || !first) return callback(error ?? forbidden(hostname), '', 0)
      if (!addresses.every(({ address }) => isAllowedAddress(address))) return callback(forbidden(hostname), '', 0)
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}

export function forbidden(hostname: string): NotDispatched {
  const message = 'The provider of this model has an address that is not allowed. Tell whoever runs this gateway.'
  return new NotDispatched('upstream_error', message, { cause: new Error(`${hostname} is not an allowed address`) })
}
