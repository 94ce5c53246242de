import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { chooseLocale } from './choose-locale.ts'
import { type Locale, localeCookie } from './locales.ts'
import { type Messages, messages } from './messages.ts'

/**
 * What next-intl knows at each request. The time zone here is the fallback: pages of an organization
 * wrap themselves in an `InTimeZone` with its own.
 */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const locale = chooseLocale(jar.get(localeCookie)?.value, head.get('accept-language'))
  return { locale, messages: messages[locale], timeZone: 'UTC', now: new Date() }
})

/** Makes `useTranslations` and `getTranslations` refuse keys that English does not have. */
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}
