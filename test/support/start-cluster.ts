import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../lib/db/migrate.ts'
import { startPostgres } from '../../server/postgres/start-postgres.ts'
import { templateName } from './database.ts'

export interface Cluster {
  /** The id of the server's process, which changes when it is started anew. */
  pid(): Promise<number>
  stop(): Promise<void>
}

/** A real Postgres of one's own with the migrated template; `createTestDatabase` makes databases in it from now on. */
export async function startCluster(): Promise<Cluster> {
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
  return {
    async pid() {
      const { folder } = JSON.parse(await readFile(join(home, 'postgres.json'), 'utf8')) as { folder: string }
      return Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])
    },
    async stop() {
      await postgres.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
