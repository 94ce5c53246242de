import { generateSecret, generateURI } from 'otplib'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import { StipendError } from '../core/errors.ts'
import { asUser } from '../db/as-user.ts'
import { environment } from '../environment.ts'
import { seal } from '../secrets/seal.ts'
import { type IdentityProof, proveIdentity } from './prove-identity.ts'
import { totpContext } from './totp-context.ts'

export interface NewTotp {
  /** For typing by hand; shown until a code of it confirms it. */
  secret: string
  /** What the picture says: otpauth://… */
  uri: string
}

/** A secret for an authenticator app. It counts for nothing until a first code shows that it arrived. */
export async function startTotp(user: SignedInUser, proof: IdentityProof): Promise<NewTotp> {
  await proveIdentity(user, proof)
  const secret = generateSecret()
  const sealed = new Uint8Array(seal(secret, totpContext(user.id), environment().STIPEND_SECRET))
  await asUser(user.id, async (tx) => {
    await tx.totpFactor.deleteMany({ where: { userId: user.id, confirmedAt: null } })
    const { count } = await tx.totpFactor.createMany({
      data: { userId: user.id, secret: sealed },
      skipDuplicates: true,
    })
    if (count === 0) throw new StipendError('conflict', 'An authenticator app is set up already. Remove it first.')
  })
  return { secret, uri: generateURI({ issuer: 'Stipend', label: user.email, secret }) }
}
