import { recordOwnAudit } from '../audit/record-own-audit.ts'
import { addressBlock } from '../auth/address-block.ts'
import { admitAttempt } from '../auth/admit-attempt.ts'
import { asUser } from '../db/as-user.ts'
import { prisma } from '../db/prisma.ts'
import { takeRecoveryCode } from './take-recovery-code.ts'
import { takeTotpCode } from './take-totp-code.ts'

const mostPerAccount = 10
const mostPerAddress = 50

export type SecondFactorCheck =
  | { outcome: 'accepted' }
  | { outcome: 'wrong' }
  | { outcome: 'limited'; retryAfterMs: number }

/** Whether the person has this code: six digits of the app, or a recovery code, which is then used up. */
export async function checkSecondFactor(
  user: { id: string; email: string },
  code: string,
  address: string,
): Promise<SecondFactorCheck> {
  const own = { subject: `second:${user.id}`, most: mostPerAccount }
  const block = { subject: `second-address:${addressBlock(address)}`, most: mostPerAddress }
  const attempt = await admitAttempt([own, block])
  if (!attempt.admitted) return { outcome: 'limited', retryAfterMs: attempt.retryAfterMs }
  const accepted = await asUser(user.id, async (tx) => {
    if (await takeTotpCode(tx, user.id, code, { confirmed: true })) return true
    if (!(await takeRecoveryCode(tx, user.id, code))) return false
    const left = await tx.recoveryCode.count({ where: { userId: user.id, usedAt: null } })
    const change = { before: { recoveryCodes: left + 1 }, after: { recoveryCodes: left } }
    await recordOwnAudit(tx, user, 'account.use_recovery_code', change)
    return true
  })
  if (!accepted) return { outcome: 'wrong' }
  const where = { OR: [{ subject: own.subject }, { id: { in: attempt.ids } }] }
  await prisma().signInAttempt.deleteMany({ where })
  return { outcome: 'accepted' }
}
