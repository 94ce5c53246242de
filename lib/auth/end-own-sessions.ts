import { idSchema } from '../core/ids.ts'
import { asUser } from '../db/as-user.ts'

/** Signs the person out of one browser, or of all but the one named. Another's sessions are out of reach. */
export async function endOwnSessions(userId: string, which: { id: string } | { allBut: string }): Promise<number> {
  const id = 'id' in which ? which.id : { not: which.allBut }
  if ('id' in which && !idSchema.safeParse(which.id).success) return 0
  const { count } = await asUser(userId, (tx) => tx.session.deleteMany({ where: { userId, id } }))
  return count
}
