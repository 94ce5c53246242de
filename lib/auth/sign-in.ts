import { cookies, headers } from 'next/headers'
import { changeLocale } from '../i18n/change-locale.ts'
import { isLocale, localeCookie } from '../i18n/locales.ts'
import { type CredentialsCheck, checkCredentials } from './check-credentials.ts'
import { openBrowserSession } from './open-browser-session.ts'
import { remoteAddress } from './remote-address.ts'

export type SignInOutcome = { outcome: 'signed_in' } | Exclude<CredentialsCheck, { outcome: 'accepted' }>

/** Signs this browser in, or says why not. For server actions. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  const check = await checkCredentials({ email, password, address: remoteAddress(await headers()) })
  if (check.outcome !== 'accepted') return check
  await openBrowserSession(check.user.id)
  // A browser in which nobody chose a language takes the person's.
  const chosen = (await cookies()).has(localeCookie)
  if (!chosen && isLocale(check.user.locale)) await changeLocale(check.user.locale)
  return { outcome: 'signed_in' }
}
