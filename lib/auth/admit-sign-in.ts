import { prisma } from '../db/prisma.ts'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { addressBlock } from './address-block.ts'
import { admitAttempt } from './admit-attempt.ts'

const mostPerAccount = 10
const mostPerAddress = 50

export type Admission = { admitted: true; succeed: () => Promise<void> } | { admitted: false; retryAfterMs: number }

/**
 * Counts an attempt against its account and its address before the password is looked at. One that succeeds clears the
 * account's count, but of the address's only itself.
 */
export async function admitSignIn(email: string, address: string): Promise<Admission> {
  // Whatever was typed as an e-mail address is kept as a hash: it may be a password in the wrong field.
  const account = `account:${hashSecret(email, environment().STIPEND_SECRET).toString('base64url')}`
  const block = `address:${addressBlock(address)}`
  const attempt = await admitAttempt([
    { subject: account, most: mostPerAccount },
    { subject: block, most: mostPerAddress },
  ])
  if (!attempt.admitted) return attempt
  return {
    admitted: true,
    succeed: async () => {
      await prisma().signInAttempt.deleteMany({ where: { OR: [{ subject: account }, { id: { in: attempt.ids } }] } })
    },
  }
}
