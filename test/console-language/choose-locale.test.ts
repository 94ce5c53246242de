import { expect, it } from 'vitest'
import { chooseLocale } from '#lib/i18n/choose-locale.ts'

it.each([
  ['zh-CN', 'en-US,en;q=0.9', 'zh-CN'],
  ['en', 'zh-CN', 'en'],
  [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  [undefined, 'zh-TW', 'zh-CN'],
  [undefined, 'de-DE,de;q=0.9,zh;q=0.4,en;q=0.7', 'en'],
  [undefined, 'fr, zh;q=0', 'en'],
  [undefined, 'q=;;,', 'en'],
  [undefined, null, 'en'],
  ['../../etc', 'zh', 'zh-CN'],
])('cookie %s and header %s make %s', (cookie, header, locale) => {
  expect(chooseLocale(cookie, header)).toBe(locale)
})
