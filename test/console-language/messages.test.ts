import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import { locales } from '#lib/i18n/locales.ts'
import { messages } from '#lib/i18n/messages.ts'

const folder = resolve(import.meta.dirname, '../../messages')

/** Every message by its full key. */
function flatten(value: unknown, key = ''): [string, string][] {
  if (typeof value === 'string') return [[key, value]]
  return Object.entries(value as object).flatMap(([part, inner]) => flatten(inner, key ? `${key}.${part}` : part))
}

/** Arguments and tags, wherever they stand in a message; `#` is no name of its own. */
function placeholdersOf(message: string): string[] {
  const names = new Set<string>()
  const visit = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue
      names.add(element.type === TYPE.tag ? `<${element.value}>` : element.value)
      if (element.type === TYPE.tag) visit(element.children)
      if ('options' in element) for (const option of Object.values(element.options)) visit(option.value)
    }
  }
  visit(parse(message))
  return [...names].sort()
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

it('Chinese has Chinese commas', () => {
  const wrong = flatten(messages['zh-CN']).filter(([, message]) =>
    /[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/.test(message),
  )
  expect(wrong).toEqual([])
})

it('finds placeholders', () => {
  expect(placeholdersOf('{count, plural, one {it of {limit}} other {them}} <b>{ name }</b>')).toEqual([
    '<b>',
    'count',
    'limit',
    'name',
  ])
})
