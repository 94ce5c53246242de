import { asUser } from '../db/as-user.ts'
import { findSession } from './find-session.ts'
import { sessionLifetimeMs, sessionRenewalMs } from './session-lifetime.ts'

export interface SignedInUser {
  id: string
  email: string
  name: string
  locale: string | null
}

/** The person behind a session, asked of the database every time. A session in use is prolonged. */
export async function findSignedInUser(sessionId: string): Promise<SignedInUser | null> {
  const session = await findSession(sessionId)
  if (!session) return null
  const fullMs = Date.now() + sessionLifetimeMs
  return asUser(session.userId, async (tx) => {
    if (session.expiresAt.getTime() < fullMs - sessionRenewalMs) {
      await tx.session.updateMany({ where: { id: session.id }, data: { expiresAt: new Date(fullMs) } })
    }
    return tx.user.findUnique({
      where: { id: session.userId },
      select: { id: true, email: true, name: true, locale: true },
    })
  })
}
