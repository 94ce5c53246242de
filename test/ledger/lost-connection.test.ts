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

it('a process that stands still in the middle of a transaction holds nobody up for longer than half a minute', async () => {
  const pool = openPool(database.appUrl, 1)
  const [row] = (await pool.query('SHOW idle_in_transaction_session_timeout')).rows
  expect(row).toEqual({ idle_in_transaction_session_timeout: '30s' })
  const client = await pool.connect()
  const gone = new Promise((done) => client.once('end', done))
  // What the server does then, without half a minute of waiting for it.
  await client.query("SET idle_in_transaction_session_timeout = '10ms'")
  await client.query('BEGIN')
  await client.query('SELECT pg_advisory_xact_lock(1)')
  await gone
  client.release(true)
  const ours = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 1
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  await expect.poll(() => asOwner(database, ours), { timeout: 30_000 }).toEqual([])
  await pool.end()
})
