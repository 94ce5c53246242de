import { recordOwnAudit } from '../audit/record-own-audit.ts'
import { type CredentialsCheck, checkCredentials } from '../auth/check-credentials.ts'
import { newPasswordSchema } from '../auth/credentials-schema.ts'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import { hashPassword } from '../auth/hash-password.ts'
import { asUser } from '../db/as-user.ts'

export interface PasswordReplacement {
  currentPassword: string
  newPassword: string
  address: string
}

export type PasswordOutcome =
  | { outcome: 'changed' }
  | { outcome: 'too_weak' }
  | Exclude<CredentialsCheck, { outcome: 'accepted' }>

/** Sets a new password and ends every session of the person. The current one is guessed at sign-in's pace, no faster. */
export async function replacePassword(user: SignedInUser, change: PasswordReplacement): Promise<PasswordOutcome> {
  if (!newPasswordSchema.safeParse(change.newPassword).success) return { outcome: 'too_weak' }
  const { currentPassword: password, address } = change
  const check = await checkCredentials({ email: user.email, password, address })
  if (check.outcome !== 'accepted') return check
  const passwordHash = await hashPassword(change.newPassword)
  await asUser(user.id, async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { passwordHash } })
    const { count } = await tx.session.deleteMany({ where: { userId: user.id } })
    await recordOwnAudit(tx, user, 'account.change_password', { before: { sessions: count }, after: { sessions: 0 } })
  })
  return { outcome: 'changed' }
}
