import { expect, it } from 'vitest'
import { addressBlock } from '#lib/auth/address-block.ts'
import { remoteAddress } from '#lib/auth/remote-address.ts'

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::ffff', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('one client at %s is counted as %s', (address, block) => expect(addressBlock(address)).toBe(block))

it('the address comes from the socket, not from what a client says of itself', () => {
  const forged = { 'x-forwarded-for': '198.51.100.1', 'x-real-ip': '198.51.100.1', forwarded: 'for=198.51.100.1' }
  expect(remoteAddress(new Headers({ ...forged, 'x-stipend-remote-address': '203.0.113.7' }))).toBe('203.0.113.7')
  expect(remoteAddress(new Headers(forged))).toBe('unknown')
})
