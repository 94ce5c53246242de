import type pg from 'pg'

/** Reads rows of one organization, and writes them where told, without the ORM: for the gateway, where every millisecond is a caller's. */
export async function queryInTenant<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  organizationId: string,
  query: pg.QueryConfig,
  access: 'READ ONLY' | 'READ WRITE' = 'READ ONLY',
): Promise<Row[]> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query(`BEGIN ${access}`)
    await client.query("SELECT set_config('stipend.organization_id', $1, true)", [organizationId])
    const { rows } = await client.query<Row>(query)
    await client.query('COMMIT')
    return rows
  } catch (error) {
    failure = error as Error
    throw error
  } finally {
    // A connection that failed in the middle is thrown away with whatever state it had.
    client.release(failure)
  }
}
