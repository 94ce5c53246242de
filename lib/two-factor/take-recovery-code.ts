import type { Transaction } from '../db/in-tenant.ts'
import { hashRecoveryCode } from './hash-recovery-code.ts'

/** Whether this is one of the person's codes that was not used; it is from now on. */
export async function takeRecoveryCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId, codeHash: hashRecoveryCode(userId, code), usedAt: null },
    data: { usedAt: new Date() },
  })
  return count > 0
}
