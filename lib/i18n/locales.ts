/** Languages of the console, the fallback first. */
export const locales = ['en', 'zh-CN'] as const

export type Locale = (typeof locales)[number]

export const defaultLocale: Locale = 'en'

export const localeCookie = 'stipend_locale'

export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale)
}
