import pg from 'pg'
import { appDatabaseUrl, appRoleOf } from './app-database-url.ts'

/** Makes the login role of the application, which owns nothing and sees one organization at a time. */
export async function provision(databaseUrl: string, masterSecret: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const role = client.escapeIdentifier(appRoleOf(databaseUrl))
    const password = client.escapeLiteral(new URL(appDatabaseUrl(databaseUrl, masterSecret)).password)
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [appRoleOf(databaseUrl)])
    await client.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN NOBYPASSRLS PASSWORD ${password}`)
    await client.query(`GRANT stipend_app TO ${role}`)
    // Hours are those of UTC wherever the server stands; and what the console asks is answered before it would be compiled.
    await client.query(`ALTER ROLE ${role} SET timezone = 'UTC'`)
    await client.query(`ALTER ROLE ${role} SET jit = off`)
    await client.query(`ALTER ROLE ${role} SET work_mem = '16MB'`)
    // A process that stands still in the middle of a change holds what it has locked, and with it everybody's calls: not for long.
    await client.query(`ALTER ROLE ${role} SET idle_in_transaction_session_timeout = '30s'`)
  } finally {
    await client.end()
  }
}
