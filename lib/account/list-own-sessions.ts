import { asUser } from '../db/as-user.ts'

export interface OwnSession {
  id: string
  userAgent: string | null
  createdAt: Date
  expiresAt: Date
}

/** Where a person is signed in, the newest first. */
export function listOwnSessions(userId: string): Promise<OwnSession[]> {
  return asUser(userId, (tx) =>
    tx.session.findMany({
      where: { userId, expiresAt: { gt: new Date() } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true, userAgent: true, createdAt: true, expiresAt: true },
    }),
  )
}
