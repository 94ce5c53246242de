import pg from 'pg'
import type { TestDatabase } from './database.ts'

/** Runs one statement as the owner of the tables, from whom row-level security hides nothing. */
export async function asOwner<Row extends pg.QueryResultRow>(
  database: Pick<TestDatabase, 'url'>,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}
