import type { Transaction } from './in-tenant.ts'
import { prisma } from './prisma.ts'

/** Runs `work` in a transaction that sees what belongs to this person: the own row, sessions and memberships. */
export function asUser<T>(userId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return prisma().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT set_config('stipend.user_id', ${userId}, true)`
      return await work(tx)
    },
    { maxWait: 5_000, timeout: 30_000 },
  )
}
