import type { Transaction } from '../db/in-tenant.ts'

export interface Installation {
  setupTokenHash: Uint8Array | null
  completedAt: Date | null
}

/** The installation's row, held until the transaction ends: of several set-ups at once, one goes first. */
export async function lockInstallation(tx: Transaction): Promise<Installation> {
  await tx.$executeRaw`INSERT INTO installation (id) VALUES (1) ON CONFLICT DO NOTHING`
  const [installation] = await tx.$queryRaw<Installation[]>`
    SELECT setup_token_hash AS "setupTokenHash", completed_at AS "completedAt"
    FROM installation WHERE id = 1 FOR UPDATE`
  return installation!
}
