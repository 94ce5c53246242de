import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { _createCache, _createIntlFormatters } from 'use-intl/core'
import formatAsWritten from 'use-intl/format-message'
import formatParsed from 'use-intl/format-message/format-only'
import { describe, expect, it } from 'vitest'
import { locales } from '#lib/i18n/locales.ts'
import { messages } from '#lib/i18n/messages.ts'
import parseMessages from '#lib/i18n/parse-messages.js'

type Value = string | number | Date | ((chunks: unknown) => string)
type Values = Record<string, Value>

const cache = _createCache()
const options = { cache, formatters: _createIntlFormatters(cache), timeZone: 'Asia/Shanghai' }
const tag = (name: string) => (chunks: unknown) => `<${name}>${[chunks].flat().join('|')}</${name}>`

/** Of each argument all that can make a difference. */
function valuesOf(elements: MessageFormatElement[], found = new Map<string, Set<Value>>()): Map<string, Set<Value>> {
  const add = (name: string, ...values: Value[]) => found.set(name, new Set([...(found.get(name) ?? []), ...values]))
  for (const element of elements) {
    if (element.type === TYPE.argument) add(element.value, "O'Neil <b>{x}</b> #1", 7, 12_345)
    if (element.type === TYPE.number) add(element.value, 0, 1_234_567, 0.5)
    if (element.type === TYPE.date) add(element.value, new Date(Date.UTC(2026, 11, 31, 20)))
    if (element.type === TYPE.plural) add(element.value, 0, 1, 2, 5, 1_234)
    if (element.type === TYPE.select) add(element.value, ...Object.keys(element.options), 'never heard of')
    if (element.type === TYPE.tag) add(element.value, tag(element.value))
    if (element.type === TYPE.tag) valuesOf(element.children, found)
    if ('options' in element) for (const option of Object.values(element.options)) valuesOf(option.value, found)
  }
  return found
}

/** Every choice of each argument with every choice of the others. */
function choicesOf(values: Map<string, Set<Value>>): Values[] {
  return [...values].reduce<Values[]>(
    (before, [name, own]) => before.flatMap((chosen) => [...own].map((value) => ({ ...chosen, [name]: value }))),
    [{}],
  )
}

function* pairsOf(written: unknown, parsed: unknown, key = ''): Generator<[string, string, unknown]> {
  if (typeof written === 'string') yield [key, written, parsed]
  else
    for (const [part, inner] of Object.entries(written as object))
      yield* pairsOf(inner, (parsed as Record<string, unknown>)[part], key ? `${key}.${part}` : part)
}

describe.each(locales)('messages in %s', (locale) => {
  it('say the same when they were parsed before', () => {
    const different: unknown[] = []
    let count = 0
    const parsed = JSON.parse(parseMessages(JSON.stringify(messages[locale])))
    for (const [key, written, message] of pairsOf(messages[locale], parsed)) {
      for (const values of choicesOf(valuesOf(parse(written)))) {
        count++
        const asWritten = formatAsWritten(key, written, values as never, { ...options, locale })
        const asParsed = formatParsed(key, message as never, values as never, { ...options, locale })
        if (asWritten !== asParsed) different.push({ key, values, asWritten, asParsed })
      }
    }
    expect(different).toEqual([])
    expect(count).toBeGreaterThan(1_500)
  })

  it('say the same without any values', () => {
    const parsed = JSON.parse(parseMessages(JSON.stringify(messages[locale])))
    const different = [...pairsOf(messages[locale], parsed)].filter(
      ([key, written, message]) =>
        valuesOf(parse(written)).size === 0 &&
        formatAsWritten(key, written, undefined, { ...options, locale }) !==
          formatParsed(key, message as never, undefined, { ...options, locale }),
    )
    expect(different).toEqual([])
  })
})
