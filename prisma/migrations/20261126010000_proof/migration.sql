-- What keeps the ledger true when something went wrong: closings that come after an expiry, reservations whose reply was
-- lost, partitions that came late, and a verification that runs by itself.

-- Makes the partitions that are missing. Rows that came before their partition lie in the default one and move into it.
-- Attaching locks the parent so lightly that closings go on; who cannot have the lock soon gives up until the next time.
CREATE OR REPLACE FUNCTION ensure_request_partitions(first_day date, last_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET lock_timeout = '3s' AS $$
DECLARE
  day date;
  partition text;
  day_start timestamptz;
  day_end timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_request_partitions'));
  FOR day IN SELECT generate_series(first_day, last_day, '1 day')::date LOOP
    partition := 'requests_' || to_char(day, 'YYYYMMDD');
    CONTINUE WHEN to_regclass(partition) IS NOT NULL;
    day_start := day::timestamp AT TIME ZONE 'UTC';
    day_end := (day + 1)::timestamp AT TIME ZONE 'UTC';
    EXECUTE format('CREATE TABLE %I (LIKE requests INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)', partition);
    -- Nobody may put a row of that day into the default partition between the move and the attachment.
    LOCK TABLE requests_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
      'WITH late AS (DELETE FROM requests_default WHERE created_at >= %L AND created_at < %L RETURNING *) INSERT INTO %I SELECT * FROM late',
      day_start, day_end, partition);
    EXECUTE format('ALTER TABLE requests ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition, day_start, day_end);
  END LOOP;
END $$;

-- Says that a node lives, for how long its reservations are safe from ledger_expire, and what time it is.
DROP FUNCTION renew_lease(uuid, int);
CREATE FUNCTION renew_lease(p_node_id uuid, p_seconds int) RETURNS timestamptz
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  INSERT INTO nodes (id, lease_until) VALUES (p_node_id, now() + make_interval(secs => p_seconds))
  ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until
  RETURNING now()
$$;

-- A closing that comes after the reservation has expired: its node was taken for dead and was not. What the request
-- really cost is known now, so the difference to the estimate that the expiry charged is booked as an adjustment, once.
-- Outcomes: settled late | already closed (by anything but an expiry, or corrected before; nothing was written).
CREATE FUNCTION ledger_settle_late(p_ids uuid[], p_kinds text[], p_costs bigint[], p_rows jsonb[])
RETURNS TABLE (ordinal int, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
  v_late record;
  v_before requests;
  v_after requests;
  v_change bigint;
  v_overrun bigint;
BEGIN
  FOR v_late IN
    SELECT asked.i, e.*, CASE asked.kind WHEN 'settlement' THEN asked.cost ELSE 0 END AS true_cost, asked.facts
    FROM unnest(p_ids, p_kinds, p_costs, p_rows) WITH ORDINALITY AS asked (id, kind, cost, facts, i)
    LEFT JOIN ledger_entries e ON e.request_id = asked.id AND e.kind <> 'adjustment'
    ORDER BY asked.id
  LOOP
    ordinal := v_late.i;
    outcome := 'already closed';
    IF v_late.kind = 'expiry' THEN
      -- The row says whether this was done before; its lock lets only one do it.
      SELECT * INTO v_before FROM requests
      WHERE id = v_late.request_id AND created_at = v_late.reserved_at AND error_code = 'node_lost' FOR UPDATE;
      IF FOUND THEN
        v_change := v_late.true_cost - v_late.cost_nanos;
        v_overrun := greatest(v_late.true_cost - v_late.reserved_nanos, 0);
        PERFORM FROM budget_counters WHERE id = ANY (v_late.counter_ids) ORDER BY id FOR UPDATE;
        INSERT INTO ledger_entries (request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
          reserved_nanos, cost_nanos, overrun_nanos, counter_ids, reserved_at)
        VALUES (v_late.request_id, v_late.organization_id, v_late.project_id, v_late.membership_id, v_late.key_id,
          v_late.model_id, 'adjustment', 0, v_change, v_overrun, v_late.counter_ids, v_late.reserved_at);
        UPDATE budget_counters SET spent_nanos = spent_nanos + v_change, overrun_nanos = overrun_nanos + v_overrun
        WHERE id = ANY (v_late.counter_ids);
        v_after := jsonb_populate_record(v_before, v_late.facts);
        UPDATE requests SET model = v_after.model, provider_id = v_after.provider_id, deployment_id = v_after.deployment_id,
          price_id = v_after.price_id, dialect = v_after.dialect, stream = v_after.stream, status = v_after.status,
          error_code = v_after.error_code, input_tokens = v_after.input_tokens, cached_tokens = v_after.cached_tokens,
          cache_write_tokens = v_after.cache_write_tokens, output_tokens = v_after.output_tokens,
          reasoning_tokens = v_after.reasoning_tokens, cost_nanos = v_late.true_cost, overrun_nanos = v_overrun,
          estimated = v_after.estimated, latency_ms = v_after.latency_ms, first_token_ms = v_after.first_token_ms,
          finish_reason = v_after.finish_reason, attempts = v_after.attempts, units = v_after.units
        WHERE id = v_before.id AND created_at = v_before.created_at
        RETURNING * INTO v_after;
        INSERT INTO usage_hours AS h (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome,
          requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
        SELECT date_trunc('hour', (r).created_at), (r).organization_id, (r).project_id,
          coalesce((r).membership_id, '00000000-0000-0000-0000-000000000000'), (r).key_id,
          coalesce((r).model_id, '00000000-0000-0000-0000-000000000000'),
          coalesce((r).provider_id, '00000000-0000-0000-0000-000000000000'), outcome_of((r).status, (r).provider_id),
          sum(sign), sum(sign * coalesce((r).input_tokens, 0)), sum(sign * coalesce((r).cached_tokens, 0)),
          sum(sign * coalesce((r).cache_write_tokens, 0)), sum(sign * coalesce((r).output_tokens, 0)),
          sum(sign * coalesce((r).reasoning_tokens, 0)), sum(sign * (r).cost_nanos), sum(sign * (r).latency_ms)
        FROM (VALUES (v_before, -1), (v_after, 1)) AS change (r, sign)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ORDER BY 2, 1, 3, 4, 5, 6, 7, 8
        ON CONFLICT (organization_id, hour, project_id, membership_id, key_id, model_id, provider_id, outcome) DO UPDATE SET
          requests = h.requests + excluded.requests,
          input_tokens = h.input_tokens + excluded.input_tokens,
          cached_tokens = h.cached_tokens + excluded.cached_tokens,
          cache_write_tokens = h.cache_write_tokens + excluded.cache_write_tokens,
          output_tokens = h.output_tokens + excluded.output_tokens,
          reasoning_tokens = h.reasoning_tokens + excluded.reasoning_tokens,
          cost_nanos = h.cost_nanos + excluded.cost_nanos,
          latency_ms = h.latency_ms + excluded.latency_ms;
        outcome := 'settled late';
      END IF;
    END IF;
    RETURN NEXT;
  END LOOP;
END $$;
GRANT UPDATE ON requests TO stipend_ledger;

-- Gives back what a living node holds without knowing: the reply to its reservation was lost for good, so nothing was
-- ever sent for it. The request itself was answered and recorded by then. p_held are all that the node knows of; it drew
-- up that list after p_before. Returns how many.
CREATE FUNCTION ledger_drop_strays(p_node_id uuid, p_held uuid[], p_before timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_ids uuid[];
  v_counters bigint[];
BEGIN
  SELECT array_agg(request_id) INTO v_ids FROM (
    SELECT request_id FROM reservations
    WHERE node_id = p_node_id AND created_at < p_before AND request_id <> ALL (p_held)
    ORDER BY request_id FOR UPDATE
  ) strays;
  IF v_ids IS NULL THEN
    RETURN 0;
  END IF;
  SELECT array_agg(counter_id) INTO v_counters
  FROM reservations CROSS JOIN LATERAL unnest(counter_ids) AS counter_id WHERE request_id = ANY (v_ids);
  PERFORM FROM budget_counters WHERE id = ANY (v_counters) ORDER BY id FOR UPDATE;
  WITH gone AS (
    DELETE FROM reservations WHERE request_id = ANY (v_ids) RETURNING *
  ), entered AS (
    INSERT INTO ledger_entries (request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
      reserved_nanos, cost_nanos, counter_ids, reserved_at)
    SELECT request_id, organization_id, project_id, membership_id, key_id, model_id, 'release', amount_nanos, 0, counter_ids, created_at
    FROM gone ORDER BY request_id
  )
  UPDATE budget_counters n SET reserved_nanos = n.reserved_nanos - t.reserved
  FROM (
    SELECT counter_id, sum(amount_nanos)::bigint AS reserved
    FROM gone CROSS JOIN LATERAL unnest(counter_ids) AS counter_id GROUP BY counter_id
  ) t
  WHERE n.id = t.counter_id;
  RETURN cardinality(v_ids);
END $$;

-- Derives every figure of an organization's ledger anew from its entries, and returns what differs. One statement, so one
-- snapshot: requests go on while it looks.
CREATE FUNCTION ledger_verify(p_organization_id uuid)
RETURNS TABLE (what text, subject text, expected bigint, found bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH entries AS MATERIALIZED (
    SELECT * FROM ledger_entries WHERE organization_id = p_organization_id
  ), booked AS (
    SELECT counter_id, sum(cost_nanos)::bigint AS spent, sum(overrun_nanos)::bigint AS overrun
    FROM entries CROSS JOIN LATERAL unnest(counter_ids) AS counter_id GROUP BY counter_id
  ), held AS (
    SELECT counter_id, sum(amount_nanos)::bigint AS reserved
    FROM reservations CROSS JOIN LATERAL unnest(counter_ids) AS counter_id
    WHERE organization_id = p_organization_id GROUP BY counter_id
  ), counters AS (
    SELECT c.*, c.opening_nanos + coalesce(b.spent, 0) AS spent, coalesce(b.overrun, 0) AS overrun, coalesce(h.reserved, 0) AS reserved
    FROM budget_counters c LEFT JOIN booked b ON b.counter_id = c.id LEFT JOIN held h ON h.counter_id = c.id
    WHERE c.organization_id = p_organization_id
  ), rows AS MATERIALIZED (
    SELECT id, created_at, cost_nanos, attempts FROM requests WHERE organization_id = p_organization_id
  ), charged AS (
    SELECT request_id, min(reserved_at) AS reserved_at, sum(cost_nanos)::bigint AS cost, count(*) FILTER (WHERE kind <> 'adjustment') AS closings,
           bool_and(kind = 'release') AS is_release
    FROM entries GROUP BY request_id
  )
  SELECT 'spent', budget_id::text, spent, spent_nanos FROM counters WHERE spent <> spent_nanos
  UNION ALL
  SELECT 'reserved', budget_id::text, reserved, reserved_nanos FROM counters WHERE reserved <> reserved_nanos
  UNION ALL
  SELECT 'overrun', budget_id::text, overrun, overrun_nanos FROM counters WHERE overrun <> overrun_nanos
  UNION ALL
  SELECT 'cap', budget_id::text, ceiling_nanos, spent_nanos + reserved_nanos - overrun_nanos FROM counters
  WHERE spent_nanos + reserved_nanos > ceiling_nanos + overrun_nanos
  UNION ALL
  -- What a request is said to have cost is what was charged for it; a stray that was given back has no row.
  SELECT 'request', c.request_id::text, c.cost, coalesce(r.cost_nanos, -1)
  FROM charged c LEFT JOIN rows r ON r.id = c.request_id AND r.created_at = c.reserved_at
  WHERE r.cost_nanos IS DISTINCT FROM c.cost AND NOT (r.id IS NULL AND c.is_release)
  UNION ALL
  SELECT 'closing', c.request_id::text, 1, c.closings FROM charged c WHERE c.closings > 1
  UNION ALL
  SELECT 'closing', r.request_id::text, 0, 1 FROM reservations r JOIN entries e ON e.request_id = r.request_id AND e.kind <> 'adjustment'
  UNION ALL
  -- Whatever was sent to a vendor had money set aside for it.
  SELECT 'dispatch', r.id::text, 1, 0 FROM rows r
  WHERE r.attempts @? '$[*] ? (@.fate != "unsent")' AND NOT EXISTS (SELECT FROM entries e WHERE e.request_id = r.id)
  UNION ALL
  SELECT 'tenant', e.id::text, 1, 0 FROM entries e LEFT JOIN keys k ON k.id = e.key_id
  WHERE k.organization_id IS DISTINCT FROM e.organization_id
  UNION ALL
  SELECT 'period', c.request_id::text, c.budgets, c.counters FROM (
    SELECT e.request_id, count(*) AS counters, count(DISTINCT n.budget_id) AS budgets
    FROM entries e CROSS JOIN LATERAL unnest(e.counter_ids) AS counter_id LEFT JOIN budget_counters n ON n.id = counter_id
    WHERE e.kind <> 'adjustment' GROUP BY e.request_id
  ) c WHERE c.budgets <> c.counters
  UNION ALL
  SELECT 'hours', coalesce(r.hour, u.hour)::text, coalesce(r.cost, 0), coalesce(u.cost, 0)
  FROM (SELECT date_trunc('hour', created_at) AS hour, sum(cost_nanos)::bigint AS cost, count(*) AS n FROM rows GROUP BY 1) r
  FULL JOIN (
    SELECT hour, sum(cost_nanos)::bigint AS cost, sum(requests)::bigint AS n FROM usage_hours
    WHERE organization_id = p_organization_id GROUP BY 1
  ) u USING (hour)
  WHERE coalesce(r.cost, 0) <> coalesce(u.cost, 0) OR coalesce(r.n, 0) <> coalesce(u.n, 0)
  UNION ALL
  SELECT 'append-only', 'ledger_entries', 1, 0
  WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'ledger_entries'::regclass AND tgname = 'append_only' AND tgenabled <> 'D')
    OR has_table_privilege('stipend_app', 'ledger_entries', 'INSERT, UPDATE, DELETE, TRUNCATE')
    OR has_table_privilege('stipend_ledger', 'ledger_entries', 'UPDATE, DELETE, TRUNCATE')
  UNION ALL
  SELECT 'float', a.attrelid::regclass::text || '.' || a.attname, 0, 1 FROM pg_attribute a
  WHERE a.attnum > 0 AND a.atttypid IN ('real'::regtype, 'double precision'::regtype) AND a.attrelid IN (
    'budgets'::regclass, 'budget_counters'::regclass, 'reservations'::regclass, 'ledger_entries'::regclass,
    'requests'::regclass, 'usage_hours'::regclass, 'prices'::regclass)
$$;

-- Verifications that ran by themselves. A row that is not ok is somebody's alarm.
CREATE TABLE "ledger_verifications" (
  "id" BIGSERIAL NOT NULL,
  "organization_id" UUID NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "took_ms" INTEGER NOT NULL,
  "entries" BIGINT NOT NULL,
  "mismatch_count" INTEGER NOT NULL,
  "mismatches" JSONB NOT NULL DEFAULT '[]',

  CONSTRAINT "ledger_verifications_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ledger_verifications_organization_id_id_idx" ON "ledger_verifications" ("organization_id", "id" DESC);
ALTER TABLE ledger_verifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_verifications FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger_verifications TO stipend_app USING (organization_id = current_organization_id());
CREATE POLICY ledger ON ledger_verifications TO stipend_ledger USING (true);
GRANT SELECT ON ledger_verifications TO stipend_app;
GRANT SELECT, INSERT, DELETE ON ledger_verifications TO stipend_ledger;
GRANT USAGE ON SEQUENCE ledger_verifications_id_seq TO stipend_ledger;

-- Verifies the organization whose turn it is, keeps the result, and returns it; nothing when it is nobody's turn or another
-- process is at it. However large a ledger grows, this takes at most a hundredth of the time.
CREATE FUNCTION ledger_verify_due(p_every interval)
RETURNS TABLE (organization_id uuid, mismatch_count int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
  v_organization uuid;
  v_begun timestamptz := clock_timestamp();
  v_entries bigint;
  v_count int;
  v_first jsonb;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('ledger_verify_due')) THEN
    RETURN;
  END IF;
  SELECT o.id INTO v_organization FROM organizations o
  LEFT JOIN LATERAL (
    SELECT v.started_at, v.took_ms FROM ledger_verifications v WHERE v.organization_id = o.id ORDER BY v.id DESC LIMIT 1
  ) last ON true
  WHERE last.started_at IS NULL
    OR last.started_at + greatest(p_every, last.took_ms * interval '100 milliseconds') <= v_begun
  ORDER BY last.started_at NULLS FIRST LIMIT 1;
  IF v_organization IS NULL THEN
    RETURN;
  END IF;
  SELECT count(*) INTO v_entries FROM ledger_entries e WHERE e.organization_id = v_organization;
  SELECT count(*), coalesce(jsonb_agg(to_jsonb(m)) FILTER (WHERE place <= 100), '[]')
  INTO v_count, v_first
  FROM (SELECT *, row_number() OVER () AS place FROM ledger_verify(v_organization)) m;
  INSERT INTO ledger_verifications (organization_id, started_at, took_ms, entries, mismatch_count, mismatches)
  VALUES (v_organization, v_begun, extract(epoch FROM clock_timestamp() - v_begun) * 1000, v_entries, v_count, v_first);
  DELETE FROM ledger_verifications v
  WHERE v.organization_id = v_organization AND v.mismatch_count = 0 AND v.started_at < v_begun - interval '90 days';
  RETURN QUERY SELECT v_organization, v_count;
END $$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOR signature IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY (ARRAY[
      'renew_lease', 'ledger_settle_late', 'ledger_drop_strays', 'ledger_verify', 'ledger_verify_due'])
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO stipend_ledger', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO stipend_app', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
