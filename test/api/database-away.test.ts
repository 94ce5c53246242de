import { expect, it } from 'vitest'
import { callApi } from '../support/open-api-lab.ts'

// Nobody listens there.
process.env.DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/nothing'
process.env.STIPEND_SECRET = 'a secret of at least 32 characters, for tests only'
process.env.LOG_LEVEL = 'silent'

it('says 503 and when to come again while the database is away', async () => {
  const answer = await callApi('mk-stp-aaaaaaaaaaaaaaaaaaaaaaaaa', 'GET', '/keys')
  expect(answer).toMatchObject({ status: 503, body: { error: { code: 'unavailable', param: null } } })
  expect(answer.headers.get('retry-after')).toBe('1')
  expect(JSON.stringify(answer.body)).not.toContain('127.0.0.1')
})
