import type pg from 'pg'
import { expect, it } from 'vitest'
import { createAuthenticate } from '#lib/keys/authenticate-key.ts'
import { newSecret } from '#lib/secrets/new-secret.ts'

it('a key with one character changed is told from a real one without asking the database', async () => {
  let asked = 0
  const pool = {
    query: async () => {
      asked += 1
      return { rows: [] }
    },
  } as unknown as pg.Pool
  const authenticate = createAuthenticate(pool, 'a secret of at least 32 characters, for tests only')
  const secret = newSecret('sk-stp-')
  for (let at = 0; at < secret.length; at++) {
    const typo = secret.slice(0, at) + (secret[at] === 'x' ? 'y' : 'x') + secret.slice(at + 1)
    await expect(authenticate(typo)).rejects.toMatchObject({ code: 'invalid_api_key' })
  }
  expect(asked).toBe(0)
  await expect(authenticate(secret)).rejects.toMatchObject({ code: 'invalid_api_key' })
  expect(asked).toBe(1)
})
