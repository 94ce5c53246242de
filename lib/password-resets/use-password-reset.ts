import { recordOwnAudit } from '../audit/record-own-audit.ts'
import { newPasswordSchema } from '../auth/credentials-schema.ts'
import { hashPassword } from '../auth/hash-password.ts'
import { asUser } from '../db/as-user.ts'
import { findPasswordReset } from './find-password-reset.ts'

export type ResetOutcome = 'changed' | 'gone' | 'too_weak'

/** Sets the password, once, however many try at the same time, and ends every session of the person. */
export async function usePasswordReset(token: string, password: string): Promise<ResetOutcome> {
  const reset = await findPasswordReset(token)
  if (!reset) return 'gone'
  if (!newPasswordSchema.safeParse(password).success) return 'too_weak'
  const passwordHash = await hashPassword(password)
  const { id, userId, email } = reset
  return asUser(userId, async (tx) => {
    const now = new Date()
    const { count } = await tx.passwordReset.updateMany({
      where: { id, userId, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
    if (count === 0) return 'gone'
    await tx.user.update({ where: { id: userId }, data: { passwordHash } })
    const ended = await tx.session.deleteMany({ where: { userId } })
    const change = { before: { sessions: ended.count }, after: { sessions: 0 } }
    await recordOwnAudit(tx, { id: userId, email }, 'account.reset_password', change)
    return 'changed'
  })
}
