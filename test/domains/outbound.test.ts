import { describe, expect, it } from 'vitest'
import { StipendError } from '#lib/core/errors.ts'
import { checkUpstreamUrl } from '#lib/outbound/check-upstream-url.ts'
import { isAllowedAddress } from '#lib/outbound/is-allowed-address.ts'

const open = [
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.0.1',
  '172.32.0.1',
  '2606:4700::1111',
  '2a00::1',
]

const internal = [
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '::1',
  'fc00::1',
  'fd12:3456::1',
]

const never = [
  '0.0.0.0',
  '0.1.2.3',
  '100.100.100.200',
  '169.254.169.254',
  '169.254.0.1',
  '192.0.0.1',
  '192.0.2.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:0a00:0001',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  'fe80::1%eth0',
  '4000::1',
  'localhost',
  '127.1',
  '2130706433',
  '0x7f000001',
  '',
]

describe('an address', () => {
  it.each(open)('%s may be called', (ip) => {
    expect(isAllowedAddress(ip, false)).toBe(true)
    expect(isAllowedAddress(ip, true)).toBe(true)
  })

  it.each(internal)('%s may be called only where private upstreams are allowed', (ip) => {
    expect(isAllowedAddress(ip, false)).toBe(false)
    expect(isAllowedAddress(ip, true)).toBe(true)
  })

  it.each(never)('%j is never called', (ip) => {
    expect(isAllowedAddress(ip, false)).toBe(false)
    expect(isAllowedAddress(ip, true)).toBe(false)
  })
})

describe('a base URL', () => {
  it.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https://API.OpenAI.com:443/v1//', 'https://api.openai.com/v1'],
    ['https://api.example.com', 'https://api.example.com'],
    ['https://8.8.8.8/v1', 'https://8.8.8.8/v1'],
    ['https://例え.jp/v1', 'https://xn--r8jz45g.jp/v1'],
  ])('%s becomes %s', (text, url) => {
    expect(checkUpstreamUrl(text, false)).toBe(url)
  })

  it.each([
    'http://api.openai.com/v1',
    'ftp://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'api.openai.com',
    '',
    'https://',
    'https://user@example.com',
    'https://user:secret@example.com',
    'https://example.com/v1?key=1',
    'https://example.com/v1#x',
    'https://exa\tmple.com',
    'https:\\\\example.com',
    ' https://example.com',
    'https://localhost/v1',
    'https://localhost./v1',
    'https://a.localhost',
    'https://db.internal',
    'https://printer.local',
    'https://127.0.0.1',
    'https://127.1',
    'https://0x7f.0.0.1',
    'https://0177.0.0.1',
    'https://2130706433',
    'https://1２7.0.0.1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://169.254.169.254/latest/meta-data',
    'https://metadata.google.internal',
    'https://10.1.2.3',
  ])('%j is refused', (text) => {
    expect(() => checkUpstreamUrl(text, false)).toThrow(StipendError)
  })

  it('may be private and plain where private upstreams are allowed, but never a metadata service', () => {
    expect(checkUpstreamUrl('http://127.0.0.1:11434/v1/', true)).toBe('http://127.0.0.1:11434/v1')
    expect(checkUpstreamUrl('http://localhost:8000', true)).toBe('http://localhost:8000')
    expect(checkUpstreamUrl('http://[::1]:8000', true)).toBe('http://[::1]:8000')
    for (const text of [
      'http://169.254.169.254',
      'http://metadata.google.internal',
      'http://[fe80::1]',
      'http://0.0.0.0',
    ]) {
      expect(() => checkUpstreamUrl(text, true)).toThrow(StipendError)
    }
  })
})
