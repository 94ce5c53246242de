import { BlockList, isIP } from 'node:net'
import { StipendError } from '#lib/core/errors.ts'
import type { IncomingRequest } from '../exchange.ts'
import type { Caller } from '../gateway.ts'

/** Throws `ip_not_allowed` unless the key may be used from where the request came. */
export function checkAddress({ allowedIps }: Caller, { remoteAddress }: IncomingRequest): void {
  if (allowedIps.length === 0) return
  // A socket that takes both families shows IPv4 callers as ::ffff:192.0.2.1.
  const address = remoteAddress?.replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
  const family = familyOf(address)
  if (family && listOf(allowedIps).check(address, family)) return
  const message = `This key may not be used from ${address || 'an unknown address'}. Ask whoever gave it to you.`
  throw new StipendError('ip_not_allowed', message)
}

/** Addresses and CIDR ranges; what is neither allows nobody. */
function listOf(allowedIps: string[]): BlockList {
  const list = new BlockList()
  for (const entry of allowedIps) {
    const [address = '', prefix] = entry.split('/')
    const family = familyOf(address)
    if (!family) continue
    const longest = family === 'ipv4' ? 32 : 128
    const bits = prefix === undefined ? longest : Number(prefix)
    if (Number.isInteger(bits) && bits >= 0 && bits <= longest) list.addSubnet(address, bits, family)
  }
  return list
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address)
  if (version === 0) return null
  return version === 4 ? 'ipv4' : 'ipv6'
}
