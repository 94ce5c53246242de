import { checkCredentials } from '../auth/check-credentials.ts'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import { StipendError } from '../core/errors.ts'
import { prisma } from '../db/prisma.ts'
import { checkSecondFactor } from './check-second-factor.ts'

export interface IdentityProof {
  /** The password, or a code of the second factor. */
  secret: string
  address: string
}

/**
 * Asks who is signed in for what only they know, before how they sign in changes: an unwatched browser is not enough.
 * Throws `forbidden` with the param "proof", or "proof_limited". Who has nothing to be asked for passes.
 */
export async function proveIdentity(user: SignedInUser, { secret, address }: IdentityProof): Promise<void> {
  const [known] = await prisma().$queryRaw<{ hasPassword: boolean }[]>`
    SELECT password_hash IS NOT NULL AS "hasPassword" FROM find_user_by_email(${user.email})`
  if (!known?.hasPassword && !user.hasSecondFactor) return
  const isCode = user.hasSecondFactor && /^(\d{6}|[a-z0-9]{5}-?[a-z0-9]{5})$/i.test(secret.replaceAll(/\s/g, ''))
  const check = isCode ? await checkSecondFactor(user, secret, address) : null
  if (check?.outcome === 'accepted') return
  // A password may look like a code.
  const second =
    check?.outcome === 'limited' ? check : await checkCredentials({ email: user.email, password: secret, address })
  if (second.outcome === 'accepted') return
  if (second.outcome === 'limited') {
    throw new StipendError('forbidden', 'Too many attempts. Wait a quarter of an hour.', { param: 'proof_limited' })
  }
  throw new StipendError('forbidden', 'This is neither your password nor one of your codes.', { param: 'proof' })
}
