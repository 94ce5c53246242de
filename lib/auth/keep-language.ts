import { cookies } from 'next/headers'
import { changeLocale } from '../i18n/change-locale.ts'
import { isLocale, localeCookie } from '../i18n/locales.ts'

/** A browser in which nobody chose a language takes the person's. */
export async function keepLanguage(locale: string | null): Promise<void> {
  const chosen = (await cookies()).has(localeCookie)
  if (!chosen && isLocale(locale)) await changeLocale(locale)
}
