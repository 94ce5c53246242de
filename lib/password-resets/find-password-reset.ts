import { prisma } from '../db/prisma.ts'
import { hashResetToken } from './hash-reset-token.ts'

export interface OpenPasswordReset {
  id: string
  userId: string
  email: string
}

/** Who may set a password with this token; null once it was used, replaced, has expired, or never was. */
export async function findPasswordReset(token: string): Promise<OpenPasswordReset | null> {
  const [row] = await prisma().$queryRaw<OpenPasswordReset[]>`
    SELECT id, user_id AS "userId", email FROM find_password_reset(${hashResetToken(token)})`
  return row ?? null
}
