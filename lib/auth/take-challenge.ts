import { idSchema } from '../core/ids.ts'
import { prisma } from '../db/prisma.ts'
import type { ChallengeKind } from './create-challenge.ts'

export interface TakenChallenge {
  userId: string | null
  challenge: string | null
}

/** What `createChallenge` remembered, once; null when it was taken, has expired, or never was. */
export async function takeChallenge(id: string, kind: ChallengeKind): Promise<TakenChallenge | null> {
  if (!idSchema.safeParse(id).success) return null
  const [row] = await prisma().$queryRaw<TakenChallenge[]>`
    DELETE FROM sign_in_challenges WHERE id = ${id}::uuid AND kind = ${kind} AND expires_at > now()
    RETURNING user_id AS "userId", challenge`
  return row ?? null
}
