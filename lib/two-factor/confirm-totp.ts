import { recordOwnAudit } from '../audit/record-own-audit.ts'
import { admitAttempt } from '../auth/admit-attempt.ts'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import { StipendError } from '../core/errors.ts'
import { asUser } from '../db/as-user.ts'
import { recoveryCodesIfFirst } from './recovery-codes-if-first.ts'
import { takeTotpCode } from './take-totp-code.ts'

const mostPerAccount = 10

/** Turns the app on with its first code. Answers recovery codes where the person had none; they are shown once. */
export async function confirmTotp(user: SignedInUser, code: string): Promise<string[] | null> {
  const attempt = await admitAttempt([{ subject: `totp:${user.id}`, most: mostPerAccount }])
  if (!attempt.admitted) {
    throw new StipendError('forbidden', 'Too many attempts. Wait a quarter of an hour.', { param: 'proof_limited' })
  }
  return asUser(user.id, async (tx) => {
    if (!(await takeTotpCode(tx, user.id, code, { confirmed: false }))) {
      throw new StipendError('invalid_request_error', 'This is not the code that the app shows now.', { param: 'code' })
    }
    await recordOwnAudit(tx, user, 'account.add_totp', { before: { totp: false }, after: { totp: true } })
    return recoveryCodesIfFirst(tx, user.id)
  })
}
