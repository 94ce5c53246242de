import { addressBlock } from '../auth/address-block.ts'
import { admitAttempt } from '../auth/admit-attempt.ts'
import { emailSchema } from '../auth/credentials-schema.ts'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { mailPasswordReset } from './mail-password-reset.ts'

const mostPerAccount = 3
const mostPerAddress = 20

export type ResetRequest =
  | { outcome: 'limited'; retryAfterMs: number }
  | { outcome: 'invalid' }
  | {
      outcome: 'taken'
      /** For after the answer: whether there is such an account must not show in how long it takes. */
      send: () => Promise<void>
    }

/** Takes the wish for a new password. An unknown address is answered like a known one, limits included. */
export async function requestPasswordReset(typed: string, address: string): Promise<ResetRequest> {
  const { data: email } = emailSchema.safeParse(typed)
  if (email === undefined) return { outcome: 'invalid' }
  const account = hashSecret(email, environment().STIPEND_SECRET).toString('base64url')
  const attempt = await admitAttempt([
    { subject: `reset:${account}`, most: mostPerAccount },
    { subject: `reset-address:${addressBlock(address)}`, most: mostPerAddress },
  ])
  if (!attempt.admitted) return { outcome: 'limited', retryAfterMs: attempt.retryAfterMs }
  return { outcome: 'taken', send: () => mailPasswordReset(email) }
}
