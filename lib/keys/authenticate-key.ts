import type pg from 'pg'
import { createCache } from '../cache/create-cache.ts'
import { StipendError } from '../core/errors.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { isWellFormed } from '../secrets/new-secret.ts'
import { type Caller, callerOf } from './caller-of.ts'
import { findCallerRow } from './find-caller-row.ts'

/** How old a key's standing may be when it is used again. Pausing and revoking hold everywhere within this time. */
const freshMs = 500

/** Makes the function that turns a secret into its caller; what it knows it keeps for half a second. */
export function createAuthenticate(pool: pg.Pool, masterSecret: string): (secret: string) => Promise<Caller> {
  const find = createCache(freshMs, (hash: string) => findCallerRow(pool, Buffer.from(hash, 'base64')))

  return async (secret) => {
    if (secret.startsWith('mk-stp-')) {
      throw new StipendError(
        'invalid_api_key',
        'This is a management key; it cannot call models. Use a key that starts with sk-stp-.',
      )
    }
    if (!isWellFormed(secret, 'sk-stp-')) throw unknownKey()
    const row = await find(hashSecret(secret, masterSecret).toString('base64'))
    if (!row) throw unknownKey()
    return callerOf(row)
  }
}

function unknownKey(): StipendError {
  return new StipendError(
    'invalid_api_key',
    'This key is not valid. Check that you copied all of it; keys start with sk-stp-.',
  )
}
