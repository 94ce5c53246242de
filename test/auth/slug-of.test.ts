import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slugOf } from '#lib/setup/slug-of.ts'

const app = join(import.meta.dirname, '../../app')

/** The first parts of the paths that our own pages and handlers answer. */
function ownPaths(folder = app): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => (name.startsWith('(') ? ownPaths(join(folder, name)) : [name]))
    .filter((name) => /^[a-z]/.test(name))
}

describe('the slug of an organization', () => {
  it.each([
    ['Vision Lab', 'vision-lab'],
    ['  École Polytechnique — NLP  ', 'ecole-polytechnique-nlp'],
    ['R&D (core)', 'r-d-core'],
    ['清华大学 NLP', 'nlp'],
    ['A'.repeat(60), 'a'.repeat(40)],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
    ['API', 'api-lab'],
    ['Sign in', 'sign-in-lab'],
    ['me', 'me-lab'],
  ])('%j is %j', (name, slug) => expect(slugOf(name)).toBe(slug))

  it.each([['清华大学'], ['实验室'], ['2'], ['42'], ['!!!'], ['x']])('%j gets one that is made up', (name) => {
    expect(slugOf(name)).toMatch(/^lab-[a-z0-9]{4}$/)
  })

  it('is never a path of ours', () => {
    const paths = ownPaths()
    expect(paths).toContain('setup')
    for (const path of [...paths, 'v1', 'v1beta', 'healthz', 'readyz', 'metrics', 'favicon']) {
      expect(slugOf(path)).not.toBe(path)
    }
  })

  it('fits a URL whatever the name is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (name) => {
        expect(slugOf(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        expect(slugOf(name).length).toBeLessThanOrEqual(44)
      }),
    )
  })
})
