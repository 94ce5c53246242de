import { prisma } from '../db/prisma.ts'

export interface Session {
  id: string
  userId: string
  expiresAt: Date
}

/** A session that has neither ended nor expired. */
export async function findSession(sessionId: string): Promise<Session | null> {
  const [session] = await prisma().$queryRaw<Session[]>`
    SELECT id, user_id AS "userId", expires_at AS "expiresAt" FROM find_session(${sessionId}::uuid)`
  return session ?? null
}
