import { StipendError } from '../core/errors.ts'
import type { Transaction } from '../db/in-tenant.ts'

/** Periods are reckoned in the database, which may know fewer time zones than we do. */
export async function refuseUnknownTimeZone(tx: Transaction, timeZone: string): Promise<void> {
  const known = await tx.$queryRaw<unknown[]>`SELECT 1 FROM pg_timezone_names WHERE name = ${timeZone}`
  if (known.length > 0) return
  throw new StipendError('invalid_request_error', `The database does not know the time zone ${timeZone}.`, {
    param: 'timeZone',
  })
}
