import { cache } from 'react'
import { currentSessionId } from './current-session-id.ts'
import { findSignedInUser, type SignedInUser } from './find-signed-in-user.ts'

/** Who is signed in, or null. Asked once a request, however many components want to know. */
export const findCurrentUser = cache(async (): Promise<SignedInUser | null> => {
  const sessionId = await currentSessionId()
  return sessionId ? findSignedInUser(sessionId) : null
})
