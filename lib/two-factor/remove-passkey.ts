import { recordOwnAudit } from '../audit/record-own-audit.ts'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { asUser } from '../db/as-user.ts'
import { dropRecoveryCodesIfLast } from './drop-recovery-codes-if-last.ts'
import { type IdentityProof, proveIdentity } from './prove-identity.ts'

/** The device that keeps it opens nothing here any more. */
export async function removePasskey(user: SignedInUser, id: string, proof: IdentityProof): Promise<void> {
  await proveIdentity(user, proof)
  await asUser(user.id, async (tx) => {
    const passkey = idSchema.safeParse(id).success
      ? await tx.passkey.findFirst({ where: { id, userId: user.id } })
      : null
    if (!passkey) throw notFound('passkey')
    await tx.passkey.deleteMany({ where: { id, userId: user.id } })
    await dropRecoveryCodesIfLast(tx, user.id)
    const change = { before: { passkey: passkey.name }, after: { passkey: null } }
    await recordOwnAudit(tx, user, 'account.remove_passkey', change)
  })
}
