import { newId } from '../core/ids.ts'
import { prisma } from '../db/prisma.ts'

export type ChallengeKind = 'second_step' | 'passkey_registration' | 'passkey_sign_in'

interface NewChallenge {
  kind: ChallengeKind
  /** Whose turn it is; null: whoever signs it. */
  userId: string | null
  challenge?: string
  lifetimeMs: number
}

/** Remembers what the next step of a sign-in must answer to. Returns its id. */
export async function createChallenge({ lifetimeMs, ...data }: NewChallenge): Promise<string> {
  const id = newId()
  const now = Date.now()
  const { signInChallenge } = prisma()
  await signInChallenge.deleteMany({ where: { expiresAt: { lt: new Date(now) } } })
  await signInChallenge.create({ data: { ...data, id, expiresAt: new Date(now + lifetimeMs) } })
  return id
}
