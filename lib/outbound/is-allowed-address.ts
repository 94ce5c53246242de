import { BlockList, isIP, isIPv4 } from 'node:net'

// Nobody's upstream, whatever the settings: unspecified, link-local with the clouds' metadata services, multicast,
// documentation, reserved, and the forms of IPv6 that carry an IPv4 address inside.
const never = listOf([
  '0.0.0.0/8',
  '100.100.100.200/32',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fd00:ec2::/32',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
])

const internal = listOf([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '::1/128',
  'fc00::/7',
])

const ipv6Global = listOf(['2000::/3'])

/** Whether an upstream may live at this IP address; loopback and private ones only when `allowPrivate`. */
export function isAllowedAddress(ip: string, allowPrivate: boolean): boolean {
  if (!isIP(ip) || ip.includes('%')) return false
  const family = isIPv4(ip) ? 'ipv4' : 'ipv6'
  if (internal.check(ip, family)) return allowPrivate && !never.check(ip, family) && !isMapped(ip)
  if (isMapped(ip) || never.check(ip, family)) return false
  return family === 'ipv4' || ipv6Global.check(ip, 'ipv6')
}

/** ::ffff:a.b.c.d in any spelling: no resolver of ours needs it, and it hides what it means. */
function isMapped(ip: string): boolean {
  return !isIPv4(ip) && new URL(`http://[${ip}]`).hostname.startsWith('[::ffff:')
}

function listOf(ranges: string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address, bits] = range.split('/') as [string, string]
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6')
  }
  return list
}
