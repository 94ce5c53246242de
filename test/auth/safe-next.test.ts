import { describe, expect, it } from 'vitest'
import { safeNext } from '#lib/auth/safe-next.ts'
import { signInPath } from '#lib/auth/sign-in-path.ts'

describe('where sign-in leads', () => {
  it.each([
    ['/', '/'],
    ['/lab', '/lab'],
    ['/lab/keys?status=active#first', '/lab/keys?status=active#first'],
    ['/me', '/me'],
    ['/apiary/keys', '/apiary/keys'],
    ['/lab/%2F%2Fevil.example', '/lab/%2F%2Fevil.example'],
  ])('follows %j', (next, path) => expect(safeNext(next)).toBe(path))

  it.each([
    [null],
    [''],
    ['lab'],
    ['https://evil.example'],
    ['//evil.example'],
    ['///evil.example'],
    ['/\\evil.example'],
    ['\\\\evil.example'],
    ['/\t/evil.example'],
    ['/\n/evil.example'],
    ['\t//evil.example'],
    ['/.//evil.example'],
    ['/..//evil.example'],
    ['/lab/..//evil.example'],
    ['/%2e//evil.example'],
    ['javascript:alert(1)'],
    ['data:text/html,hi'],
    ['http:/evil.example'],
    ['/@evil.example/../..//evil.example'],
    ['/sign-in?next=/sign-in'],
    ['/setup'],
    ['/api/auth/signout'],
  ])('does not follow %j', (next) => expect(safeNext(next)).toBe('/'))

  it('stays on our origin whatever the browser makes of the path', () => {
    for (const next of ['//a', '/\\a', '/.//a', '/;//a', '/lab//a', '/\u0000//a', '/ /a']) {
      expect(new URL(safeNext(next), 'https://stipend.example').origin).toBe('https://stipend.example')
    }
  })

  it('carries the path through the sign-in page', () => {
    expect(signInPath('/lab/keys?a=b&c=d')).toBe('/sign-in?next=%2Flab%2Fkeys%3Fa%3Db%26c%3Dd')
    expect(signInPath('/lab/keys?_rsc=1a2b3')).toBe('/sign-in?next=%2Flab%2Fkeys')
    expect(signInPath('//evil.example')).toBe('/sign-in')
  })
})
