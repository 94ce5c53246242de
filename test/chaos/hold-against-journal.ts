import type { Call } from '#simulator/journal/call.ts'
import type { House } from './open-house.ts'
import { inputNanos, outputNanos } from './open-house.ts'

interface Charge {
  request_id: string
  kind: string
  cost: string
  reserved: string
  overrun: string
  is_estimate: boolean
  /** By the clock that the vendor has as well. */
  reserved_ms: string
}

/** What a call cost by the vendor's own journal: its prompt, and the tokens that left for the gateway. */
export function servedNanos(call: Call): bigint {
  return BigInt(call.promptTokens) * inputNanos + BigInt(call.servedTokens) * outputNanos
}

/**
 * Holds the ledger against the vendor's journal, call by call, and returns what does not fit: a call that was served and
 * never charged, made before anything was set aside, charged less than it served, or more than was set aside; a
 * settlement by the vendor's own figures that is off by as little as a nano-dollar. `since`: the last entry before the
 * journal began.
 */
export async function holdAgainstJournal(
  { query, simulator }: Pick<House, 'query' | 'simulator'>,
  { since = '0' }: { since?: string } = {},
): Promise<string[]> {
  const rows = await query<Charge>(
    `
    SELECT e.request_id, min(e.kind::text) FILTER (WHERE e.kind <> 'adjustment') AS kind, sum(e.cost_nanos)::text AS cost,
      max(e.reserved_nanos)::text AS reserved, sum(e.overrun_nanos)::text AS overrun, bool_or(r.estimated) AS is_estimate,
      floor(extract(epoch FROM min(e.reserved_at)) * 1000)::text AS reserved_ms
    FROM ledger_entries e LEFT JOIN requests r ON r.id = e.request_id
    WHERE e.id > $1 GROUP BY e.request_id`,
    [since],
  )
  const charges = new Map(rows.map((row) => [row.request_id, row]))
  const calls = Map.groupBy(simulator.journal.calls, (call) => call.requestId)
  const wrong: string[] = []
  for (const [requestId, attempts] of calls) {
    // What a vendor refuses is free.
    const answered = attempts.filter(({ status }) => status === 200)
    const charge = requestId === null ? undefined : charges.get(requestId)
    const least = answered.reduce((sum, call) => sum + servedNanos(call), 0n)
    if (!charge) {
      wrong.push(`${requestId}: ${attempts.length} calls were made and nothing is booked`)
      continue
    }
    const early = attempts.find(({ at }) => Date.parse(at) < Number(charge.reserved_ms))
    if (early) wrong.push(`${requestId}: called at ${early.at}, before anything was set aside`)
    const cost = BigInt(charge.cost)
    if (cost < least) {
      const seen = answered.map(
        ({ stream, fault, outcome, servedTokens, completionTokens }) =>
          `${stream ? 'stream' : 'document'}, ${fault ?? 'no fault'}, ${outcome}, ${servedTokens} of ${completionTokens} tokens`,
      )
      const [row] = await query<{ told: string }>(
        `SELECT json_build_object('entries', (SELECT json_agg(e ORDER BY e.id) FROM ledger_entries e WHERE e.request_id = $1),
           'rows', (SELECT json_agg(r) FROM requests r WHERE r.id = $1))::text AS told`,
        [requestId],
      )
      wrong.push(`${requestId}: ${cost} booked as ${charge.kind}, ${least} served (${seen.join('; ')}); ${row?.told}`)
    }
    if (cost > BigInt(charge.reserved) + BigInt(charge.overrun)) {
      wrong.push(`${requestId}: ${cost} booked, ${charge.reserved} reserved`)
    }
    const [only] = answered
    const isExact = !charge.is_estimate && attempts.length === 1 && only?.outcome === 'finished' && only.fault === null
    if (isExact && cost !== least) wrong.push(`${requestId}: ${cost} settled, exactly ${least} served`)
  }
  for (const charge of charges.values()) {
    if (!calls.has(charge.request_id) && charge.kind === 'settlement' && charge.cost !== '0') {
      wrong.push(`${charge.request_id}: settled at ${charge.cost}, and the vendor knows of no call`)
    }
  }
  return wrong
}
