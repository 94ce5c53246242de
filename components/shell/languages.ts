import type { Locale } from 'next-intl'

/** Each language by its own name, so that it is found by who needs it. */
export const languages: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文' }

/** Remembers the choice; the server action of `lib/i18n`. */
export type ChangeLocale = (locale: Locale) => Promise<void>
