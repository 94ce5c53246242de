import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locales } from '#lib/i18n/locales.ts'
import { messages } from '#lib/i18n/messages.ts'

const folder = resolve(import.meta.dirname, '../../messages')

/** Every message by its full key. */
function flatten(value: unknown, key = ''): [string, string][] {
  if (typeof value === 'string') return [[key, value]]
  return Object.entries(value as object).flatMap(([part, inner]) => flatten(inner, key ? `${key}.${part}` : part))
}

/** Names in braces and tags in angles; the words of plural branches are nobody's names. */
function placeholdersOf(message: string): string[] {
  const names = [...message.matchAll(/\{\s*(\w+)\s*(?=[,}])/g)].map((match) => match[1])
  const tags = [...message.matchAll(/<(\w+)>/g)].map((match) => `<${match[1]}>`)
  return [...new Set([...names, ...tags])].map(String).sort()
}

const english = new Map(flatten(messages.en))

describe.each(locales)('messages in %s', (locale) => {
  const own = new Map(flatten(messages[locale]))

  it('are all joined to the request', () => {
    const areas = readdirSync(join(folder, locale)).map((file) => file.replace(/\.json$/, ''))
    expect(Object.keys(messages[locale]).sort()).toEqual(areas.sort())
  })

  it('have the keys of English, no more and no fewer', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('have the placeholders of English', () => {
    const different = [...own].filter(
      ([key, message]) => placeholdersOf(message).join() !== placeholdersOf(english.get(key) ?? '').join(),
    )
    expect(different).toEqual([])
  })

  it('say something', () => {
    expect([...own].filter(([, message]) => message.trim() === '')).toEqual([])
  })
})

it('finds placeholders', () => {
  expect(placeholdersOf('{count, plural, one {# of {limit}} other {#}} <b>{ name }</b>')).toEqual([
    '<b>',
    'count',
    'limit',
    'name',
  ])
})
