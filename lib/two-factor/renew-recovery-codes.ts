import { recordOwnAudit } from '../audit/record-own-audit.ts'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import { StipendError } from '../core/errors.ts'
import { asUser } from '../db/as-user.ts'
import { type IdentityProof, proveIdentity } from './prove-identity.ts'
import { replaceRecoveryCodes } from './replace-recovery-codes.ts'

/** New recovery codes, shown once; the old ones are worth nothing. */
export async function renewRecoveryCodes(user: SignedInUser, proof: IdentityProof): Promise<string[]> {
  if (!user.hasSecondFactor) throw new StipendError('conflict', 'Set up a second factor first.')
  await proveIdentity(user, proof)
  return asUser(user.id, async (tx) => {
    const left = await tx.recoveryCode.count({ where: { userId: user.id, usedAt: null } })
    const codes = await replaceRecoveryCodes(tx, user.id)
    const change = { before: { recoveryCodes: left }, after: { recoveryCodes: codes.length } }
    await recordOwnAudit(tx, user, 'account.renew_recovery_codes', change)
    return codes
  })
}
