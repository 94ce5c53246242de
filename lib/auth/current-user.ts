import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { findCurrentUser } from './find-current-user.ts'
import type { SignedInUser } from './find-signed-in-user.ts'
import { requestPathHeader } from './request-path.ts'
import { signInPath } from './sign-in-path.ts'

/**
 * Who is signed in. A visitor who is not goes to the sign-in page, and from there back to the page asked for, or to
 * `returnTo` where that is not known.
 */
export async function currentUser(returnTo = '/'): Promise<SignedInUser> {
  const user = await findCurrentUser()
  if (user) return user
  redirect(signInPath((await headers()).get(requestPathHeader) ?? returnTo))
}
