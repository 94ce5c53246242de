import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPool } from '#lib/db/pool.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(async () => {
  await database?.drop()
})

it('a connection that is lost between two statements of a transaction ends that transaction, not the process', async () => {
  const pool = openPool(database.appUrl, 1)
  const client = await pool.connect()
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const gone = new Promise((done) => client.once('end', done))
  await asOwner(database, 'SELECT pg_terminate_backend($1)', [rows[0]!.pid])
  // Without a listener of the pool's own this is an uncaught error.
  await gone
  await expect(client.query('SELECT 1')).rejects.toThrow()
  client.release(true)
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})
