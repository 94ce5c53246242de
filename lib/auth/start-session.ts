import { newId } from '../core/ids.ts'
import { asUser } from '../db/as-user.ts'
import { endSession } from './end-session.ts'
import { sessionLifetimeMs } from './session-lifetime.ts'

const longestUserAgent = 300

/** A new session, never an old one continued: the one that the same browser had before ends. Returns its id. */
export async function startSession(
  userId: string,
  previousSessionId: string | null,
  userAgent?: string | null,
): Promise<string> {
  if (previousSessionId) await endSession(previousSessionId)
  const id = newId()
  const expiresAt = new Date(Date.now() + sessionLifetimeMs)
  await asUser(userId, async (tx) => {
    await tx.session.deleteMany({ where: { userId, expiresAt: { lt: new Date() } } })
    await tx.session.create({
      data: { id, userId, expiresAt, userAgent: userAgent?.slice(0, longestUserAgent) || null },
    })
  })
  return id
}
