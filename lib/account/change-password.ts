import { headers } from 'next/headers'
import { currentUser } from '../auth/current-user.ts'
import { openBrowserSession } from '../auth/open-browser-session.ts'
import { remoteAddress } from '../auth/remote-address.ts'
import { type PasswordOutcome, replacePassword } from './replace-password.ts'

/** Changes the own password: every other browser is signed out, this one goes on with a new session. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<PasswordOutcome> {
  const user = await currentUser()
  const address = remoteAddress(await headers())
  const result = await replacePassword(user, { currentPassword, newPassword, address })
  if (result.outcome === 'changed') await openBrowserSession(user.id)
  return result
}
