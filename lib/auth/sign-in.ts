import { headers } from 'next/headers'
import { admitBrowser, type BrowserAdmission } from './admit-browser.ts'
import { type CredentialsCheck, checkCredentials } from './check-credentials.ts'
import { keepLanguage } from './keep-language.ts'
import { remoteAddress } from './remote-address.ts'

export type SignInOutcome = { outcome: BrowserAdmission } | Exclude<CredentialsCheck, { outcome: 'accepted' }>

/** Signs this browser in, asks for the second factor, or says why not. For server actions. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  const check = await checkCredentials({ email, password, address: remoteAddress(await headers()) })
  if (check.outcome !== 'accepted') return check
  const outcome = await admitBrowser(check.user.id)
  await keepLanguage(check.user.locale)
  return { outcome }
}
