import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { chooseLocale } from './choose-locale.ts'
import { localeCookie } from './locales.ts'
import { messages } from './messages.ts'

/**
 * What next-intl knows at each request. The time zone here is the fallback: pages of an organization
 * wrap themselves in a NextIntlClientProvider with its own.
 */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const locale = chooseLocale(jar.get(localeCookie)?.value, head.get('accept-language'))
  return { locale, messages: messages[locale], timeZone: 'UTC', now: new Date() }
})
