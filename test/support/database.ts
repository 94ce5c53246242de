import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { appDatabaseUrl, appRoleOf } from '#lib/db/app-database-url.ts'
import { provision } from '#lib/db/provision.ts'

/** Of every database that a test makes. */
export const testSecret = 'a secret of at least 32 characters, for tests only'

export interface TestDatabase {
  /** As the owner of the tables: to prepare and to look behind the curtain. */
  url: string
  /** As the application, which row-level security binds. */
  appUrl: string
  drop(): Promise<void>
}

/**
 * A fresh, migrated database on the run's Postgres. Also sets DATABASE_URL and STIPEND_SECRET, which `environment()`
 * reads once a process: one database a test file.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = new URL(process.env.TEST_DATABASE_URL!)
  const name = `test_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  const client = new pg.Client({ connectionString: admin.toString() })
  await client.connect()
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`)
  await client.end()
  const url = new URL(admin)
  url.pathname = `/${name}`
  await provision(url.toString(), testSecret)
  process.env.DATABASE_URL = url.toString()
  process.env.STIPEND_SECRET = testSecret
  return {
    url: url.toString(),
    appUrl: appDatabaseUrl(url.toString(), testSecret),
    async drop() {
      const last = new pg.Client({ connectionString: admin.toString() })
      await last.connect()
      await dropWhenLeft(last, name)
      await last.query(`DROP ROLE IF EXISTS "${appRoleOf(url.toString())}"`)
      await last.end()
    },
  }
}

/** Connections that were just closed linger for a moment; only those that stay are cut. */
async function dropWhenLeft(client: pg.Client, name: string): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE datname = $1', [name])
    if (!rowCount) break
    await sleep(50)
  }
  await client.query(`DROP DATABASE ${name} WITH (FORCE)`)
}

/** Migrated once a run; every test database is a copy of it. */
export const templateName = 'stipend_template'
