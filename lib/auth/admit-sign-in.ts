import { prisma } from '../db/prisma.ts'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { addressBlock } from './address-block.ts'

const windowMs = 15 * 60 * 1000
const mostPerAccount = 10
const mostPerAddress = 50

export type Admission = { admitted: true; succeed: () => Promise<void> } | { admitted: false; retryAfterMs: number }

/**
 * Counts an attempt against its account and its address before the password is looked at. Each attempt is written
 * first and counted after, so of many at once no more than the limit get through. One that is refused leaves no trace;
 * one that succeeds clears the account's count, but of the address's only itself.
 */
export async function admitSignIn(email: string, address: string): Promise<Admission> {
  // Whatever was typed as an e-mail address is kept as a hash: it may be a password in the wrong field.
  const account = `account:${hashSecret(email, environment().STIPEND_SECRET).toString('base64url')}`
  const block = `address:${addressBlock(address)}`
  const { signInAttempt } = prisma()
  await signInAttempt.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - windowMs) } } })
  const own = await signInAttempt.createManyAndReturn({ data: [{ subject: account }, { subject: block }] })
  const ids = own.map((attempt) => attempt.id)

  const counted = await signInAttempt.groupBy({
    by: 'subject',
    where: { subject: { in: [account, block] } },
    _count: true,
    _min: { createdAt: true },
  })
  const full = counted.filter(({ subject, _count }) => _count > (subject === account ? mostPerAccount : mostPerAddress))
  if (full.length > 0) {
    await signInAttempt.deleteMany({ where: { id: { in: ids } } })
    const free = Math.max(...full.map(({ _min }) => (_min.createdAt?.getTime() ?? 0) + windowMs))
    return { admitted: false, retryAfterMs: Math.max(free - Date.now(), 1_000) }
  }
  return {
    admitted: true,
    succeed: async () => {
      await signInAttempt.deleteMany({ where: { OR: [{ subject: account }, { id: { in: ids } }] } })
    },
  }
}
