import { describe, expect, it } from 'vitest'
import { securityHeaders } from '#lib/auth/security-headers.ts'

function directives(policy: string): Record<string, string[]> {
  return Object.fromEntries(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))
}

describe('security headers', () => {
  const headers = securityHeaders('bm9uY2U', { development: false })
  const policy = directives(headers['content-security-policy']!)

  it('run scripts with the nonce alone', () => {
    expect(policy['script-src']).toEqual(["'self'", "'nonce-bm9uY2U'", "'strict-dynamic'"])
    expect(policy['default-src']).toEqual(["'self'"])
    expect(policy['object-src']).toEqual(["'none'"])
    expect(policy['base-uri']).toEqual(["'none'"])
  })

  it('let nobody frame the page, sniff its type or read its address', () => {
    expect(policy['frame-ancestors']).toEqual(["'none'"])
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    })
    expect(headers['permissions-policy']).toContain('camera=()')
  })

  it('insist on https only where the browser came by it', () => {
    expect(headers).not.toHaveProperty('strict-transport-security')
    expect(policy).not.toHaveProperty('upgrade-insecure-requests')
    const secure = securityHeaders('n', { secure: true, development: false })
    expect(secure['strict-transport-security']).toBe('max-age=31536000')
    expect(directives(secure['content-security-policy']!)).toHaveProperty('upgrade-insecure-requests')
  })

  it('evaluate code in development alone', () => {
    expect(headers['content-security-policy']).not.toContain('unsafe-eval')
    const policy = securityHeaders('n', { development: true })['content-security-policy']
    expect(policy).toContain("'unsafe-eval'")
  })
})
