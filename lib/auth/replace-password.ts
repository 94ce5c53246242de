import { asUser } from '../db/as-user.ts'
import { type CredentialsCheck, checkCredentials } from './check-credentials.ts'
import { newPasswordSchema } from './credentials-schema.ts'
import type { SignedInUser } from './find-signed-in-user.ts'
import { hashPassword } from './hash-password.ts'

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
    await tx.session.deleteMany({ where: { userId: user.id } })
  })
  return { outcome: 'changed' }
}
