'use server'

import { cookies } from 'next/headers'
import { isLocale, localeCookie } from './locales.ts'

const yearSeconds = 365 * 24 * 60 * 60

/** Remembers a person's language in their browser; the page that asked is rendered anew in it. */
export async function changeLocale(locale: string): Promise<void> {
  if (!isLocale(locale)) return
  const jar = await cookies()
  jar.set(localeCookie, locale, { path: '/', maxAge: yearSeconds, sameSite: 'lax', httpOnly: true })
}
