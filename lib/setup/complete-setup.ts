import { hashPassword } from '../auth/hash-password.ts'
import { StipendError } from '../core/errors.ts'
import { parseInput } from '../core/parse-input.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { prisma } from '../db/prisma.ts'
import { findSetupState } from './find-setup-state.ts'
import { type FoundedOrganization, foundOrganization } from './found-organization.ts'
import { lockInstallation } from './lock-installation.ts'
import { type SetupInput, setupSchema } from './setup-schema.ts'
import { type SetupState, setupStateOf } from './setup-state-of.ts'

/** The first organization and its owner, for who holds the token. The token works once, however many use it at once. */
export async function completeSetup(token: string, given: SetupInput): Promise<FoundedOrganization> {
  const { password, ...input } = parseInput(setupSchema, given)
  // Asked before the password is hashed, so that guessing costs us nothing, and again under the lock.
  assertOpen(await findSetupState(token))
  const passwordHash = await hashPassword(password)
  return prisma().$transaction(async (tx) => {
    assertOpen(setupStateOf(await lockInstallation(tx), token))
    await assertTimeZone(tx, input.timeZone)
    const founded = await foundOrganization(tx, { ...input, ownerLocale: input.locale, passwordHash })
    await tx.installation.update({ where: { id: 1 }, data: { setupTokenHash: null, completedAt: new Date() } })
    return founded
  })
}

function assertOpen(state: SetupState): void {
  if (state === 'completed') throw new StipendError('conflict', 'Stipend is set up already. Sign in instead.')
  if (state === 'closed') {
    throw new StipendError('forbidden', 'This set-up link is not valid. Use the one that the last start printed.')
  }
}

/** The ledger reckons periods in the database, which may know fewer time zones than we do. */
async function assertTimeZone(tx: Transaction, timeZone: string): Promise<void> {
  const known = await tx.$queryRaw<unknown[]>`SELECT 1 FROM pg_timezone_names WHERE name = ${timeZone}`
  if (known.length > 0) return
  throw new StipendError('invalid_request_error', `The database does not know the time zone ${timeZone}.`, {
    param: 'timeZone',
  })
}
