import { createTranslator } from 'next-intl'
import type { Locale } from '#lib/i18n/locales.ts'
import { messages } from '#lib/i18n/messages.ts'

/** What the console says, by its key: tests press buttons in both languages. */
export function translate(locale: Locale) {
  return createTranslator({ locale, messages: messages[locale] })
}

export type Translate = ReturnType<typeof translate>
