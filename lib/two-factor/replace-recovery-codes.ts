import { newId } from '../core/ids.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { randomLetters } from '../setup/random-letters.ts'
import { hashRecoveryCode } from './hash-recovery-code.ts'

const codeCount = 10

/** New codes for when the device is lost; those before are worth nothing. Shown here and never again. */
export async function replaceRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: codeCount }, () => `${randomLetters(5)}-${randomLetters(5)}`)
  await tx.recoveryCode.deleteMany({ where: { userId } })
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ id: newId(), userId, codeHash: hashRecoveryCode(userId, code) })),
  })
  return codes
}
