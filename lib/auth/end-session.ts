import { asUser } from '../db/as-user.ts'
import { findSession } from './find-session.ts'

/** Signs a browser out, at once and everywhere its cookie may have got to. Ending twice is no fault. */
export async function endSession(sessionId: string): Promise<void> {
  const session = await findSession(sessionId)
  if (!session) return
  await asUser(session.userId, (tx) => tx.session.deleteMany({ where: { id: sessionId } }))
}
