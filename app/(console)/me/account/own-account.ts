import { headers } from 'next/headers'
import { currentUser } from '#lib/auth/current-user.ts'
import type { SignedInUser } from '#lib/auth/find-signed-in-user.ts'
import { remoteAddress } from '#lib/auth/remote-address.ts'

/** Who changes how they sign in, and from where they prove that it is they. */
export async function ownAccount(): Promise<{ user: SignedInUser; address: string }> {
  const user = await currentUser('/me/account')
  return { user, address: remoteAddress(await headers()) }
}
