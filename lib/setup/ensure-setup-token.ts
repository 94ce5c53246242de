import { randomBytes } from 'node:crypto'
import { prisma } from '../db/prisma.ts'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { lockInstallation } from './lock-installation.ts'

/**
 * A new token for the one-time set-up link, for the start to print; null when Stipend is set up. Only its hash is kept,
 * and every start makes a new one, so a link that was lost or seen by others is worth nothing after a restart.
 */
export async function ensureSetupToken(): Promise<string | null> {
  const token = randomBytes(24).toString('base64url')
  const setupTokenHash = new Uint8Array(hashSecret(token, environment().STIPEND_SECRET))
  return prisma().$transaction(async (tx) => {
    const { completedAt } = await lockInstallation(tx)
    if (completedAt) return null
    await tx.installation.update({ where: { id: 1 }, data: { setupTokenHash } })
    return token
  })
}
