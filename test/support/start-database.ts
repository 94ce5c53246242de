import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../lib/db/migrate.ts'
import { startPostgres } from '../../server/postgres/start-postgres.ts'
import { templateName } from './database.ts'

/** One real Postgres for the whole run; every test file makes databases of its own in it. */
export default async function startDatabase(): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'stipend-test-'))
  await chmod(home, 0o755)
  const postgres = await startPostgres(home)
  process.env.TEST_DATABASE_URL = postgres.databaseUrl
  const client = new pg.Client({ connectionString: postgres.databaseUrl })
  await client.connect()
  await client.query(`CREATE DATABASE ${templateName}`)
  await client.end()
  const template = new URL(postgres.databaseUrl)
  template.pathname = `/${templateName}`
  await migrate(template.toString())
  return async () => {
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
}
