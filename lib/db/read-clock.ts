import type { Transaction } from './in-tenant.ts'

/** When this transaction began by the database's clock, which is what its own comparisons with now() go by. */
export async function readClock(tx: Transaction): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT now()`
  return row!.now
}
