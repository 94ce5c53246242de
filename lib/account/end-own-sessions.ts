import { recordOwnAudit } from '../audit/record-own-audit.ts'
import { idSchema } from '../core/ids.ts'
import { asUser } from '../db/as-user.ts'

/** Signs the person out of one browser, or of all but the one named. Another's sessions are out of reach. */
export async function endOwnSessions(userId: string, which: { id: string } | { allBut: string }): Promise<number> {
  const id = 'id' in which ? which.id : { not: which.allBut }
  if ('id' in which && !idSchema.safeParse(which.id).success) return 0
  return asUser(userId, async (tx) => {
    const before = await tx.session.count({ where: { userId } })
    const { count } = await tx.session.deleteMany({ where: { userId, id } })
    if (count > 0) {
      const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } })
      const change = { before: { sessions: before }, after: { sessions: before - count } }
      await recordOwnAudit(tx, { id: userId, email }, 'account.end_sessions', change)
    }
    return count
  })
}
