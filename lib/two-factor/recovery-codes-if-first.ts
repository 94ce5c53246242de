import type { Transaction } from '../db/in-tenant.ts'
import { replaceRecoveryCodes } from './replace-recovery-codes.ts'

/** Codes for who has none yet; null for who has some. */
export async function recoveryCodesIfFirst(tx: Transaction, userId: string): Promise<string[] | null> {
  return (await tx.recoveryCode.count({ where: { userId } })) > 0 ? null : replaceRecoveryCodes(tx, userId)
}
