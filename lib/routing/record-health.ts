import type pg from 'pg'

/** What a gateway has learned of a deployment or a credential. */
export interface HealthRecord {
  id: string
  organizationId: string
  state: string
  reason: string | null
  untilMs: number | null
  changedAtMs: number
  figures: { firstTokenMs: number | null; errorRate: number; inFlight: number } | null
}

const text = `
  INSERT INTO upstream_health AS known (id, organization_id, state, reason, until, changed_at, first_token_ms, error_permille, in_flight)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::int[], $8::int[], $9::int[])
  ON CONFLICT (id) DO UPDATE SET
    state = CASE WHEN excluded.changed_at >= known.changed_at THEN excluded.state ELSE known.state END,
    reason = CASE WHEN excluded.changed_at >= known.changed_at THEN excluded.reason ELSE known.reason END,
    until = CASE WHEN excluded.changed_at >= known.changed_at THEN excluded.until ELSE known.until END,
    changed_at = greatest(excluded.changed_at, known.changed_at),
    first_token_ms = coalesce(excluded.first_token_ms, known.first_token_ms),
    error_permille = excluded.error_permille, in_flight = excluded.in_flight, seen_at = now()`

/** Keeps what was learned in one organization, for the other gateways and for people; the newer word stays. */
export async function recordHealth(pool: pg.Pool, organizationId: string, records: HealthRecord[]): Promise<void> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('BEGIN')
    await client.query("SELECT set_config('stipend.organization_id', $1, true)", [organizationId])
    // In one order, so that two gateways never wait for each other.
    const sorted = records.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    await client.query(text, [
      sorted.map(({ id }) => id),
      sorted.map((record) => record.organizationId),
      sorted.map(({ state }) => state),
      sorted.map(({ reason }) => reason),
      sorted.map(({ untilMs }) => untilMs && new Date(untilMs)),
      sorted.map(({ changedAtMs }) => new Date(changedAtMs)),
      sorted.map(({ figures }) => (figures?.firstTokenMs == null ? null : Math.round(figures.firstTokenMs))),
      sorted.map(({ figures }) => figures && Math.round(figures.errorRate * 1000)),
      sorted.map(({ figures }) => figures?.inFlight ?? null),
    ])
    await client.query('COMMIT')
  } catch (error) {
    failure = error as Error
    throw error
  } finally {
    client.release(failure)
  }
}
