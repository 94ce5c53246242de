import { asUser } from '../db/as-user.ts'
import { findSession } from './find-session.ts'
import { sessionLifetimeMs, sessionRenewalMs } from './session-lifetime.ts'

export interface SignedInUser {
  id: string
  email: string
  name: string
  locale: string | null
  /** Whether they prove more than a password at sign-in. */
  hasSecondFactor: boolean
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
    const [user] = await tx.$queryRaw<SignedInUser[]>`
      SELECT id, email, name, locale, has_second_factor(id) AS "hasSecondFactor"
      FROM users WHERE id = ${session.userId}::uuid`
    return user ?? null
  })
}
