import { authorize, type Member } from '../auth/member.ts'
import { formatUsd } from '../core/money.ts'
import { inTenant } from '../db/in-tenant.ts'

export interface Mismatch {
  what: 'spent' | 'reserved' | 'overrun' | 'cap' | 'request' | 'hours'
  /** Id of the budget or the request, or the hour. */
  subject: string
  expectedUsd: string
  foundUsd: string
}

export interface Verification {
  ok: boolean
  entries: number
  mismatches: Mismatch[]
}

const mostShown = 100

/** Derives every counter of the organization anew from the entries and says where the two differ. */
export async function verifyLedger(member: Member): Promise<Verification> {
  authorize(member, 'ledger.verify')
  return await inTenant(member.organizationId, async (tx) => {
    const [{ entries }] = await tx.$queryRaw<[{ entries: bigint }]>`SELECT count(*) AS entries FROM ledger_entries`
    // One statement, so one snapshot: requests go on while we look.
    const rows = await tx.$queryRaw<{ what: Mismatch['what']; subject: string; expected: bigint; found: bigint }[]>`
      WITH booked AS (
        SELECT counter_id, sum(cost_nanos)::bigint AS spent, sum(overrun_nanos)::bigint AS overrun
        FROM ledger_entries CROSS JOIN LATERAL unnest(counter_ids) AS counter_id GROUP BY counter_id
      ), held AS (
        SELECT counter_id, sum(amount_nanos)::bigint AS reserved
        FROM reservations CROSS JOIN LATERAL unnest(counter_ids) AS counter_id GROUP BY counter_id
      ), counters AS (
        SELECT c.*, c.opening_nanos + coalesce(b.spent, 0) AS spent, coalesce(b.overrun, 0) AS overrun, coalesce(h.reserved, 0) AS reserved
        FROM budget_counters c LEFT JOIN booked b ON b.counter_id = c.id LEFT JOIN held h ON h.counter_id = c.id
      ), found AS (
        SELECT 'spent' AS what, budget_id::text AS subject, spent AS expected, spent_nanos AS found FROM counters WHERE spent <> spent_nanos
        UNION ALL
        SELECT 'reserved', budget_id::text, reserved, reserved_nanos FROM counters WHERE reserved <> reserved_nanos
        UNION ALL
        SELECT 'overrun', budget_id::text, overrun, overrun_nanos FROM counters WHERE overrun <> overrun_nanos
        UNION ALL
        SELECT 'cap', budget_id::text, ceiling_nanos, spent_nanos + reserved_nanos - overrun_nanos FROM counters
        WHERE spent_nanos + reserved_nanos > ceiling_nanos + overrun_nanos
        UNION ALL
        SELECT 'request', e.request_id::text, e.cost_nanos, coalesce(r.cost_nanos, -1)
        FROM ledger_entries e LEFT JOIN requests r ON r.id = e.request_id AND r.created_at = e.reserved_at
        WHERE e.kind <> 'adjustment' AND r.cost_nanos IS DISTINCT FROM e.cost_nanos
        UNION ALL
        SELECT 'hours', coalesce(r.hour, u.hour)::text, coalesce(r.cost, 0), coalesce(u.cost, 0)
        FROM (SELECT date_trunc('hour', created_at) AS hour, sum(cost_nanos)::bigint AS cost FROM requests GROUP BY 1) r
        FULL JOIN (SELECT hour, sum(cost_nanos)::bigint AS cost FROM usage_hours GROUP BY 1) u USING (hour)
        WHERE coalesce(r.cost, 0) <> coalesce(u.cost, 0)
      )
      SELECT * FROM found LIMIT ${mostShown}`
    return {
      ok: rows.length === 0,
      entries: Number(entries),
      mismatches: rows.map((row) => ({
        what: row.what,
        subject: row.subject,
        expectedUsd: formatUsd(row.expected),
        foundUsd: formatUsd(row.found),
      })),
    }
  })
}
