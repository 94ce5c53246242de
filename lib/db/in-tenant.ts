import type { Prisma } from './generated/client.ts'
import { prisma } from './prisma.ts'

/** A transaction of the ORM. */
export type Transaction = Prisma.TransactionClient

/** Runs `work` in a transaction that sees the rows of this organization and no other. */
export function inTenant<T>(organizationId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return prisma().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT set_config('stipend.organization_id', ${organizationId}, true)`
      return await work(tx)
    },
    { maxWait: 5_000, timeout: 30_000 },
  )
}
