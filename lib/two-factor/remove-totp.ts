import { recordOwnAudit } from '../audit/record-own-audit.ts'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import { asUser } from '../db/as-user.ts'
import { dropRecoveryCodesIfLast } from './drop-recovery-codes-if-last.ts'
import { type IdentityProof, proveIdentity } from './prove-identity.ts'

/** Signs in without the app from now on. Removing what is not there is no fault. */
export async function removeTotp(user: SignedInUser, proof: IdentityProof): Promise<void> {
  await proveIdentity(user, proof)
  await asUser(user.id, async (tx) => {
    const { count } = await tx.totpFactor.deleteMany({ where: { userId: user.id, confirmedAt: { not: null } } })
    if (count === 0) return
    await dropRecoveryCodesIfLast(tx, user.id)
    await recordOwnAudit(tx, user, 'account.remove_totp', { before: { totp: true }, after: { totp: false } })
  })
}
