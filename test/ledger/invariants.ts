import { costOf, type Price } from '#lib/core/price.ts'
import type { Units } from '#lib/core/units.ts'
import { readUnits } from '#lib/prices/read-units.ts'

export type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>

/**
 * What must hold of a whole database at any time. Each query returns what breaks the promise. Every suite that touches
 * the ledger ends here, and none of it shares code with `ledger_verify`, which promises the same to owners.
 */
export const invariants: Record<string, string> = {
  'I1 never over the cap': `
    SELECT id, limit_nanos, spent_nanos, reserved_nanos FROM budget_counters
    WHERE spent_nanos + reserved_nanos > ceiling_nanos + overrun_nanos OR limit_nanos > ceiling_nanos OR reserved_nanos < 0`,
  'I2 one closing entry a request': `
    SELECT request_id FROM ledger_entries WHERE kind <> 'adjustment' GROUP BY 1 HAVING count(*) > 1
    UNION ALL SELECT request_id FROM reservations JOIN ledger_entries USING (request_id)
    UNION ALL SELECT id FROM requests GROUP BY id HAVING count(*) > 1`,
  'I3 counters are the sums of entries and reservations': `
    SELECT c.id, c.spent_nanos, c.reserved_nanos FROM budget_counters c
    LEFT JOIN (
      SELECT counter_id, sum(cost_nanos) AS spent, sum(overrun_nanos) AS overrun
      FROM ledger_entries CROSS JOIN LATERAL unnest(counter_ids) AS t (counter_id) GROUP BY 1
    ) booked ON booked.counter_id = c.id
    LEFT JOIN (
      SELECT counter_id, sum(amount_nanos) AS reserved FROM reservations CROSS JOIN LATERAL unnest(counter_ids) AS t (counter_id) GROUP BY 1
    ) held ON held.counter_id = c.id
    WHERE c.spent_nanos <> c.opening_nanos + coalesce(booked.spent, 0) OR c.overrun_nanos <> coalesce(booked.overrun, 0)
      OR c.reserved_nanos <> coalesce(held.reserved, 0)`,
  'I3 a request costs what its entries say': `
    SELECT e.request_id FROM (
      SELECT request_id, min(reserved_at) AS reserved_at, sum(cost_nanos) AS cost, bool_and(kind = 'release') AS is_release
      FROM ledger_entries GROUP BY 1
    ) e LEFT JOIN requests r ON r.id = e.request_id AND r.created_at = e.reserved_at
    WHERE r.cost_nanos IS DISTINCT FROM e.cost AND NOT (r.id IS NULL AND e.is_release)`,
  'I3 hours are the sums of requests': `
    SELECT 1 AS differs WHERE (SELECT coalesce(sum(cost_nanos), 0) FROM requests) <> (SELECT coalesce(sum(cost_nanos), 0) FROM usage_hours)
      OR (SELECT count(*) FROM requests) <> (SELECT coalesce(sum(requests), 0) FROM usage_hours)
      OR (SELECT coalesce(sum(output_tokens), 0) FROM requests) <> (SELECT coalesce(sum(output_tokens), 0) FROM usage_hours)`,
  'I3 days are the sums of hours': `
    SELECT s.day FROM usage_day_spans s
    WHERE NOT EXISTS (
      SELECT FROM usage_hour_changes c WHERE c.organization_id = s.organization_id AND c.hour >= s.day AND c.hour < s.ends_at
    ) AND (SELECT coalesce(sum(cost_nanos), 0) FROM usage_hours h
           WHERE h.organization_id = s.organization_id AND h.hour >= s.day AND h.hour < s.ends_at)
      <> ANY (ARRAY[
        (SELECT coalesce(sum(cost_nanos), 0) FROM usage_days d WHERE d.organization_id = s.organization_id AND d.day = s.day),
        (SELECT coalesce(sum(cost_nanos), 0) FROM usage_days_by_model d WHERE d.organization_id = s.organization_id AND d.day = s.day),
        (SELECT coalesce(sum(cost_nanos), 0) FROM usage_days_by_project d WHERE d.organization_id = s.organization_id AND d.day = s.day),
        (SELECT coalesce(sum(cost), 0) FROM unnest(s.hour_cost_nanos) cost)])`,
  'I3 weeks are the sums of their days': `
    SELECT coalesce(days.week, weeks.week) AS week FROM (
      SELECT s.organization_id, s.week, count(DISTINCT s.day) AS days, sum(d.cost_nanos) AS cost, sum(d.requests) AS requests
      FROM usage_day_spans s LEFT JOIN usage_days d ON d.organization_id = s.organization_id AND d.day = s.day
      WHERE s.week IS NOT NULL GROUP BY 1, 2
    ) days FULL JOIN (
      SELECT organization_id, week, sum(cost_nanos) AS cost, sum(requests) AS requests FROM usage_weeks_by_key GROUP BY 1, 2
    ) weeks USING (organization_id, week)
    WHERE days.days IS DISTINCT FROM 7 OR days.cost IS DISTINCT FROM weeks.cost OR days.requests IS DISTINCT FROM weeks.requests`,
  'I4 nothing was sent without a reservation': `
    SELECT id FROM requests r WHERE attempts @? '$[*] ? (@.fate != "unsent")'
      AND NOT EXISTS (SELECT FROM ledger_entries e WHERE e.request_id = r.id)`,
  'I5 everyone in the same organization': `
    SELECT e.id FROM ledger_entries e LEFT JOIN keys k ON k.id = e.key_id WHERE k.organization_id IS DISTINCT FROM e.organization_id
    UNION ALL
    SELECT e.id FROM ledger_entries e CROSS JOIN LATERAL unnest(e.counter_ids) AS t (counter_id)
    JOIN budget_counters c ON c.id = t.counter_id WHERE c.organization_id <> e.organization_id`,
  'I6 entries cannot be changed': `
    SELECT 1 AS open WHERE has_table_privilege('stipend_app', 'ledger_entries', 'INSERT, UPDATE, DELETE, TRUNCATE')
      OR has_table_privilege('stipend_ledger', 'ledger_entries', 'UPDATE, DELETE, TRUNCATE')
      OR NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'ledger_entries'::regclass AND tgname = 'append_only' AND tgenabled = 'O')`,
  'I8 no float holds money': `
    SELECT c.table_name, c.column_name FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.data_type IN ('real', 'double precision')
      AND (c.column_name LIKE '%nanos%' OR c.table_name IN ('budgets', 'budget_counters', 'reservations', 'ledger_entries', 'prices'))`,
  'I9 one period a request, that of its admission': `
    SELECT e.request_id FROM ledger_entries e
    CROSS JOIN LATERAL unnest(e.counter_ids) AS t (counter_id)
    JOIN budget_counters c ON c.id = t.counter_id JOIN budgets b ON b.id = c.budget_id
    JOIN organizations o ON o.id = b.organization_id
    WHERE c.period_start > e.reserved_at OR e.reserved_at - interval '1 ms' >= (
      CASE b.period WHEN 'total' THEN 'infinity'
      ELSE (date_trunc(b.period::text, c.period_start AT TIME ZONE o.time_zone) + ('1 ' || b.period)::interval) AT TIME ZONE o.time_zone END)
    UNION ALL
    SELECT request_id FROM ledger_entries e CROSS JOIN LATERAL unnest(e.counter_ids) AS t (counter_id)
    JOIN budget_counters c ON c.id = t.counter_id
    WHERE kind <> 'adjustment' GROUP BY request_id HAVING count(*) <> count(DISTINCT c.budget_id)`,
}

/** Holds only once everything has come to its end. */
const atRest = `
  SELECT 'reservation' AS left_over, request_id::text AS id FROM reservations
  UNION ALL SELECT 'counter', id::text FROM budget_counters WHERE reserved_nanos <> 0`

/**
 * What is broken, by name; empty when all is well. `settled`: nothing is on its way any more. `shifted`: counters were
 * moved to other periods to make time pass, so nothing can be said of periods.
 */
export async function brokenInvariants(
  query: Query,
  { settled = false, shifted = false } = {},
): Promise<Record<string, unknown[]>> {
  const broken: Record<string, unknown[]> = {}
  for (const [name, text] of Object.entries(invariants)) {
    if (shifted && name.startsWith('I9')) continue
    const rows = await query(text)
    if (rows.length > 0) broken[name] = rows.slice(0, 5)
  }
  const left = settled ? await query(atRest) : []
  if (left.length > 0) broken['I7 nothing stays reserved'] = left.slice(0, 5)
  const recomputed = await wronglyPriced(query)
  if (recomputed.length > 0) broken['I10 usage and price give the cost'] = recomputed.slice(0, 5)
  return broken
}

interface PricedRow {
  id: string
  cost_nanos: string
  input_tokens: number | null
  cached_tokens: number | null
  cache_write_tokens: number | null
  output_tokens: number | null
  reasoning_tokens: number | null
  price_id: string
  attempts: { keptUsd: string | null }[]
  input: string
  output: string
  cache_read: string | null
  cache_write: string | null
  reasoning: string | null
  request: string
  units: Units | null
  price_units: unknown
}

/** Rows whose usage is the vendor's own: their cost follows from it and the version of the price. */
async function wronglyPriced(query: Query): Promise<object[]> {
  const rows = await query<PricedRow>(`
    SELECT r.*, p.input_nanos_per_mtok AS input, p.output_nanos_per_mtok AS output, p.cache_read_nanos_per_mtok AS cache_read,
      p.cache_write_nanos_per_mtok AS cache_write, p.reasoning_nanos_per_mtok AS reasoning, p.request_nanos AS request,
      p.units AS price_units
    FROM requests r JOIN prices p ON p.id = r.price_id
    WHERE r.status = 200 AND NOT r.estimated AND r.input_tokens IS NOT NULL AND p.tiers = '[]' AND r.attempts::text NOT LIKE '%"keptUsd": "%'`)
  return rows.flatMap((row) => {
    const price: Price = {
      id: row.price_id,
      inputPerMtok: BigInt(row.input),
      outputPerMtok: BigInt(row.output),
      cacheReadPerMtok: row.cache_read === null ? null : BigInt(row.cache_read),
      cacheWritePerMtok: row.cache_write === null ? null : BigInt(row.cache_write),
      reasoningPerMtok: row.reasoning === null ? null : BigInt(row.reasoning),
      perRequest: BigInt(row.request),
      tiers: [],
      units: readUnits(row.price_units),
    }
    const cost = costOf(
      {
        inputTokens: row.input_tokens,
        cachedTokens: row.cached_tokens,
        cacheWriteTokens: row.cache_write_tokens,
        outputTokens: row.output_tokens,
        reasoningTokens: row.reasoning_tokens,
        units: row.units,
      },
      price,
    )
    return cost === BigInt(row.cost_nanos) ? [] : [{ id: row.id, booked: row.cost_nanos, recomputed: String(cost) }]
  })
}
