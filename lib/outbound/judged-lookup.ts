import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'

/** The host resolves to an address that nothing of ours may be sent to. */
export class ForbiddenAddress extends Error {}

/**
 * A connection's look-up that judges every address of a host: one that is not allowed refuses them all. What it answers is
 * what gets connected, so the name cannot come to mean another address in between.
 */
export function judgedLookup(
  isAllowed: (ip: string) => boolean,
  resolve: (host: string) => Promise<LookupAddress[]> = (host) => lookup(host, { all: true }),
): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses
        if (!first || !addresses.every(({ address }) => isAllowed(address))) callback(new ForbiddenAddress(), '')
        else if (options.all) callback(null, addresses)
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}
