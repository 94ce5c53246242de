import { verifySync } from 'otplib'
import type { Transaction } from '../db/in-tenant.ts'
import { environment } from '../environment.ts'
import { openSealed } from '../secrets/seal.ts'
import { totpContext } from './totp-context.ts'

/** A device's clock may be off by so much, either way. */
const toleranceSeconds = 30

interface WhichFactor {
  /** The one that counts, or the one that waits for its first code. */
  confirmed: boolean
}

/** Whether this is a code of the person's app; if so, it and all before it are worth nothing from now on. */
export async function takeTotpCode(
  tx: Transaction,
  userId: string,
  code: string,
  { confirmed }: WhichFactor,
): Promise<boolean> {
  const token = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return false
  const where = { userId, confirmedAt: confirmed ? { not: null } : null }
  const factor = await tx.totpFactor.findFirst({ where })
  if (!factor) return false
  const secret = openSealed(factor.secret, totpContext(userId), environment().STIPEND_SECRET)
  const result = verifySync({ secret, token, epochTolerance: toleranceSeconds })
  if (!result.valid) return false
  const step = BigInt('timeStep' in result ? result.timeStep : 0)
  // Of two who send the same code at once, the second waits for the row and finds the step taken.
  const { count } = await tx.totpFactor.updateMany({
    where: { ...where, lastStep: { lt: step } },
    data: { lastStep: step, ...(!confirmed && { confirmedAt: new Date() }) },
  })
  return count === 1
}
