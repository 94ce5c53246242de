import type { Transaction } from '../db/in-tenant.ts'

/** Without a second factor there is nothing to recover. */
export async function dropRecoveryCodesIfLast(tx: Transaction, userId: string): Promise<void> {
  const [passkeys, apps] = [
    await tx.passkey.count({ where: { userId } }),
    await tx.totpFactor.count({ where: { userId, confirmedAt: { not: null } } }),
  ]
  if (passkeys + apps === 0) await tx.recoveryCode.deleteMany({ where: { userId } })
}
