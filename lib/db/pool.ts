import pg from 'pg'
import { environment } from '../environment.ts'
import { log } from '../log.ts'
import { appDatabaseUrl } from './app-database-url.ts'

const int8 = 20
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? BigInt : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

/** Connections of the application's role; 64-bit integers arrive as bigint. */
export function openPool(connectionString: string, max = 10): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, types, connectionTimeoutMillis: 5_000, keepAlive: true })
  // A connection that dies while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ error: error.message }, 'a database connection was lost'))
  // The pool listens only to those that are idle: one that dies between two statements of a transaction is nobody's.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

// The console's bundle and the server are two module graphs in one process: they share the pool through globalThis.
const shared = globalThis as typeof globalThis & { stipendPool?: pg.Pool }

/** The pool of this process. */
export function pool(): pg.Pool {
  const { DATABASE_URL, STIPEND_SECRET } = environment()
  shared.stipendPool ??= openPool(appDatabaseUrl(DATABASE_URL, STIPEND_SECRET))
  return shared.stipendPool
}
