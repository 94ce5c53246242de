-- The ledger at the speed of a cache. A batch that fits every budget whole is admitted set-wise, without looking at its
-- requests one by one; a batch that does not is decided one by one, as before. Closing writes what nobody else waits for
-- before it locks the counters. Sequential scans are off in both: a plan made while a table was small is kept for long,
-- and a hot counter leaves many dead versions of itself behind.

-- What all requests of one key for one model in a batch have in common.
CREATE TYPE reserving AS (
  key_id uuid, model_id uuid, organization_id uuid, project_id uuid, membership_id uuid, counter_ids bigint[], wanted numeric
);

-- By how much closings change a counter.
CREATE TYPE counter_change AS (counter_id bigint, reserved bigint, spent bigint, overrun bigint);

-- Takes money for each request of a batch by itself, in the order of arrival. The tail of ledger_reserve, which says more.
CREATE FUNCTION ledger_reserve_singly(
  p_node_id uuid, p_request_ids uuid[], p_key_ids uuid[], p_model_ids uuid[], p_wants bigint[], p_comforts bigint[],
  p_floors bigint[], p_again boolean
) RETURNS TABLE (ordinal int, outcome text, amount_nanos bigint, facts jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_missing boolean;
  v_bound_requests int[];      -- bindings, by request then counter: the request's ordinal …
  v_bound_counters bigint[];   -- … the counter's id …
  v_bound_places int[];        -- … and the counter's place in the arrays below
  v_counters bigint[];
  v_free bigint[];             -- limit with its raises - spent - reserved, as this batch eats it up
  v_unspent bigint[];          -- limit - spent
  v_taken bigint[];
  v_states text[];
  v_outcomes text[] := '{}';
  v_amounts bigint[] := '{}';
  v_binding bigint[] := '{}';  -- the counter that refused, 0 for none
  v_first int := 1;
  v_last int;
  v_granted bigint;            -- what every budget can give now
  v_hoped bigint;              -- what they could give if all that is reserved came back
  v_fullest int;               -- the binding that allows v_granted, 0 for none
  v_poorest int;               -- the binding that allows v_hoped, 0 for none
BEGIN
  LOOP
    WITH asked AS MATERIALIZED (
      SELECT * FROM unnest(p_key_ids, p_model_ids) WITH ORDINALITY AS t (key_id, model_id, i)
    ), callers AS MATERIALIZED (
      SELECT k.id, k.organization_id, k.project_id, k.membership_id, k.tags, o.time_zone
      FROM keys k JOIN organizations o ON o.id = k.organization_id
      WHERE k.id = ANY (p_key_ids)
    ), bound AS MATERIALIZED (
      SELECT c.id AS key_id, b.model_id, n.id AS counter_id
      FROM callers c
      JOIN budgets b ON b.scope_id IN (c.id, c.project_id, c.membership_id, c.organization_id)
        AND b.organization_id = c.organization_id AND b.archived_at IS NULL
        AND (b.tag IS NULL OR b.tag = ANY (c.tags))
      LEFT JOIN budget_counters n ON n.budget_id = b.id AND n.period_start = period_start_of(b.period, c.time_zone)
    )
    SELECT coalesce(bool_or(counter_id IS NULL), false),
           array_agg(i::int ORDER BY i, counter_id), array_agg(counter_id ORDER BY i, counter_id)
    INTO v_missing, v_bound_requests, v_bound_counters
    FROM asked JOIN bound USING (key_id)
    WHERE bound.model_id IS NULL OR bound.model_id = asked.model_id;
    EXIT WHEN NOT v_missing;
    -- The first request of a new period opens its counters.
    INSERT INTO budget_counters (organization_id, budget_id, period_start, limit_nanos, ceiling_nanos)
    SELECT DISTINCT b.organization_id, b.id, period_start_of(b.period, o.time_zone), b.limit_nanos, b.limit_nanos
    FROM keys k
    JOIN organizations o ON o.id = k.organization_id
    JOIN budgets b ON b.scope_id IN (k.id, k.project_id, k.membership_id, k.organization_id)
      AND b.organization_id = k.organization_id AND b.archived_at IS NULL
    WHERE k.id = ANY (p_key_ids)
    ORDER BY 2, 3
    ON CONFLICT DO NOTHING;
  END LOOP;

  SELECT array_agg(id), array_agg(at_most - spent_nanos - reserved_nanos), array_agg(at_most - spent_nanos),
         array_agg(0::bigint)
  INTO v_counters, v_free, v_unspent, v_taken
  FROM (
    SELECT id, limit_of(limit_nanos, raise_amounts, raise_ends) AS at_most, spent_nanos, reserved_nanos FROM budget_counters
    WHERE id = ANY (v_bound_counters) ORDER BY id FOR UPDATE
  ) locked;

  SELECT array_agg(place::int ORDER BY position) INTO v_bound_places
  FROM unnest(v_bound_counters) WITH ORDINALITY AS b (id, position)
  JOIN unnest(v_counters) WITH ORDINALITY AS c (id, place) USING (id);

  SELECT array_agg(CASE
           WHEN reservation.request_id IS NOT NULL THEN 'again'
           WHEN p_again AND EXISTS (
             SELECT FROM ledger_entries e WHERE e.request_id = asked.request_id AND e.kind <> 'adjustment') THEN 'closed'
           WHEN k.id IS NULL THEN 'unknown'
           WHEN k.revoked_at IS NOT NULL THEN 'revoked'
           WHEN k.paused_at IS NOT NULL THEN 'paused'
           WHEN k.expires_at <= now() THEN 'expired'
         END ORDER BY i)
  INTO v_states
  FROM unnest(p_request_ids, p_key_ids) WITH ORDINALITY AS asked (request_id, key_id, i)
  LEFT JOIN keys k ON k.id = asked.key_id
  LEFT JOIN reservations reservation ON p_again AND reservation.request_id = asked.request_id;

  FOR i IN 1 .. cardinality(p_request_ids) LOOP
    v_last := v_first;
    WHILE v_bound_requests[v_last] = i LOOP v_last := v_last + 1; END LOOP;
    v_last := v_last - 1;
    v_granted := greatest(p_wants[i], 0);
    v_hoped := v_granted;
    v_fullest := 0;
    v_poorest := 0;
    FOR b IN v_first .. v_last LOOP
      IF v_free[v_bound_places[b]] < v_granted THEN
        v_granted := v_free[v_bound_places[b]];
        v_fullest := b;
      END IF;
      -- A budget with nothing left allows nothing, not even what is free of charge.
      IF v_unspent[v_bound_places[b]] < v_hoped OR v_unspent[v_bound_places[b]] <= 0 THEN
        v_hoped := v_unspent[v_bound_places[b]];
        v_poorest := b;
      END IF;
    END LOOP;
    v_outcomes[i] := CASE
      WHEN v_states[i] IS NOT NULL THEN v_states[i]
      WHEN p_wants[i] < 0 AND v_last >= v_first THEN 'unpriced'
      WHEN v_poorest > 0 AND (v_hoped <= 0 OR v_hoped < p_floors[i]) THEN 'exhausted'
      WHEN v_granted < p_floors[i] OR v_granted < least(p_comforts[i], v_hoped) THEN 'busy'
      ELSE 'reserved'
    END;
    v_amounts[i] := CASE WHEN v_outcomes[i] = 'reserved' THEN v_granted ELSE 0 END;
    v_binding[i] := CASE
      WHEN v_outcomes[i] = 'exhausted' THEN v_bound_counters[v_poorest]
      WHEN v_outcomes[i] = 'busy' THEN v_bound_counters[v_fullest]
      ELSE 0
    END;
    IF v_amounts[i] > 0 THEN
      FOR b IN v_first .. v_last LOOP
        v_free[v_bound_places[b]] := v_free[v_bound_places[b]] - v_granted;
        v_taken[v_bound_places[b]] := v_taken[v_bound_places[b]] + v_granted;
      END LOOP;
    END IF;
    v_first := v_last + 1;
  END LOOP;

  UPDATE budget_counters c SET reserved_nanos = c.reserved_nanos + t.taken
  FROM unnest(v_counters, v_taken) AS t (id, taken)
  WHERE c.id = t.id AND t.taken > 0;

  WITH bound AS MATERIALIZED (
    SELECT r AS i, array_agg(c) AS counter_ids FROM unnest(v_bound_requests, v_bound_counters) AS b (r, c) GROUP BY r
  )
  INSERT INTO reservations (request_id, organization_id, project_id, membership_id, key_id, model_id, node_id, amount_nanos, counter_ids)
  SELECT asked.request_id, k.organization_id, k.project_id, k.membership_id, k.id, asked.model_id, p_node_id, asked.amount,
         coalesce(bound.counter_ids, '{}')
  FROM unnest(p_request_ids, p_key_ids, p_model_ids, v_amounts, v_outcomes)
    WITH ORDINALITY AS asked (request_id, key_id, model_id, amount, outcome, i)
  JOIN keys k ON k.id = asked.key_id
  LEFT JOIN bound ON bound.i = asked.i
  WHERE asked.outcome = 'reserved';

  RETURN QUERY
  SELECT answered.i::int,
         CASE answered.outcome WHEN 'again' THEN 'reserved' ELSE answered.outcome END,
         CASE answered.outcome
           WHEN 'again' THEN (SELECT r.amount_nanos FROM reservations r WHERE r.request_id = answered.request_id)
           ELSE answered.amount
         END,
         CASE WHEN answered.counter_id > 0 THEN (
           SELECT jsonb_build_object(
             'counterId', n.id, 'budgetId', b.id, 'scope', b.scope, 'scopeId', b.scope_id, 'period', b.period, 'tag', b.tag,
             'model', (SELECT m.name FROM models m WHERE m.id = b.model_id), 'ask', whom_to_ask(b.organization_id, b.created_by, b.scope),
             'limitNanos', limit_of(n.limit_nanos, n.raise_amounts, n.raise_ends)::text, 'spentNanos', n.spent_nanos::text, 'reservedNanos', n.reserved_nanos::text,
             'resetsAt', period_end_of(b.period, o.time_zone))
           FROM budget_counters n JOIN budgets b ON b.id = n.budget_id JOIN organizations o ON o.id = b.organization_id
           WHERE n.id = answered.counter_id)
         END
  FROM unnest(p_request_ids, v_outcomes, v_amounts, v_binding) WITH ORDINALITY AS answered (request_id, outcome, amount, counter_id, i);
END $$;

-- Takes money for each request from every budget that covers its key, or from none. The arrays run in parallel, one
-- element a request, in order of arrival. A want of -1 means that the model is unpriced. What is granted lies between
-- floor and want; below comfort only when the budget really has no more, not because others hold it. Outcomes:
--   reserved | busy (would fit if others' reservations came back) | exhausted | unpriced | unknown | paused | expired | revoked
--   | closed (sent again after the request was closed, by an expiry; nothing is reserved)
-- p_again: these ids may have been sent before (the reply was lost); what is already reserved is answered as it stands.
CREATE OR REPLACE FUNCTION ledger_reserve(
  p_node_id uuid, p_request_ids uuid[], p_key_ids uuid[], p_model_ids uuid[], p_wants bigint[], p_comforts bigint[],
  p_floors bigint[], p_again boolean
) RETURNS TABLE (ordinal int, outcome text, amount_nanos bigint, facts jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_groups reserving[];
  v_counters bigint[];
  v_wanted numeric[];
  v_fits boolean := false;
BEGIN
  IF NOT p_again THEN
    SELECT array_agg(ROW(asked.key_id, asked.model_id, k.organization_id, k.project_id, k.membership_id, bound.counter_ids, asked.wanted)::reserving),
           bool_and(asked.is_plain AND bound.are_open IS NOT FALSE AND k.revoked_at IS NULL AND k.paused_at IS NULL
             AND k.id IS NOT NULL AND coalesce(k.expires_at > now(), true))
    INTO v_groups, v_fits
    FROM (
      SELECT key_id, model_id, sum(want) AS wanted, bool_and(want >= 0 AND want >= floor AND want >= comfort) AS is_plain
      FROM unnest(p_key_ids, p_model_ids, p_wants, p_comforts, p_floors) AS t (key_id, model_id, want, comfort, floor)
      GROUP BY key_id, model_id
    ) asked
    LEFT JOIN keys k ON k.id = asked.key_id
    LEFT JOIN organizations o ON o.id = k.organization_id
    CROSS JOIN LATERAL (
      SELECT array_agg(n.id) AS counter_ids, bool_and(n.id IS NOT NULL) AS are_open
      FROM budgets b
      LEFT JOIN budget_counters n ON n.budget_id = b.id AND n.period_start = period_start_of(b.period, o.time_zone)
      WHERE b.scope_id = ANY (ARRAY[k.id, k.project_id, k.membership_id, k.organization_id])
        AND b.organization_id = k.organization_id AND b.archived_at IS NULL
        AND (b.model_id IS NULL OR b.model_id = asked.model_id) AND (b.tag IS NULL OR b.tag = ANY (k.tags))
    ) bound;
  END IF;

  IF v_fits THEN
    IF cardinality(v_groups) = 1 THEN
      v_counters := v_groups[1].counter_ids;
      v_wanted := array_fill(v_groups[1].wanted, ARRAY[coalesce(cardinality(v_counters), 0)]);
    ELSE
      SELECT array_agg(counter_id), array_agg(wanted) INTO v_counters, v_wanted FROM (
        SELECT counter_id, sum(wanted) AS wanted
        FROM unnest(v_groups) g CROSS JOIN LATERAL unnest(g.counter_ids) AS counter_id GROUP BY counter_id
      ) asked;
    END IF;
    -- A budget with nothing left allows nothing, not even what is free of charge.
    SELECT coalesce(bool_and(locked.unspent > 0 AND locked.unspent - locked.reserved_nanos >= asked.wanted), true) INTO v_fits
    FROM (
      SELECT id, reserved_nanos,
        CASE WHEN raise_ends IS NULL THEN limit_nanos ELSE limit_of(limit_nanos, raise_amounts, raise_ends) END - spent_nanos AS unspent
      FROM budget_counters WHERE id = ANY (v_counters) ORDER BY id FOR UPDATE
    ) locked
    JOIN unnest(v_counters, v_wanted) AS asked (id, wanted) ON asked.id = locked.id;
  END IF;

  IF v_fits IS NOT TRUE THEN
    RETURN QUERY SELECT * FROM ledger_reserve_singly(p_node_id, p_request_ids, p_key_ids, p_model_ids, p_wants, p_comforts, p_floors, p_again);
    RETURN;
  END IF;

  RETURN QUERY
  WITH taken AS (
    UPDATE budget_counters c SET reserved_nanos = c.reserved_nanos + t.wanted::bigint
    FROM unnest(v_counters, v_wanted) AS t (id, wanted)
    WHERE c.id = t.id AND t.wanted > 0
  ), kept AS (
    INSERT INTO reservations (request_id, organization_id, project_id, membership_id, key_id, model_id, node_id, amount_nanos, counter_ids)
    SELECT asked.request_id, g.organization_id, g.project_id, g.membership_id, g.key_id, g.model_id, p_node_id, asked.want,
           coalesce(g.counter_ids, '{}')
    FROM unnest(p_request_ids, p_key_ids, p_model_ids, p_wants) AS asked (request_id, key_id, model_id, want)
    JOIN unnest(v_groups) g ON g.key_id = asked.key_id AND g.model_id = asked.model_id
  )
  SELECT i::int, 'reserved', want, NULL::jsonb FROM unnest(p_wants) WITH ORDINALITY AS t (want, i);
END $$;

-- Ends requests: books what each cost, gives the rest back, and writes its entry, its row and its hour, all in the one
-- transaction. Kinds: settlement (cost counts), release (costs nothing), expiry (costs what was reserved) and record
-- (no reservation is known of; if there is one after all, it is released). Outcomes: closed | recorded | already closed (nothing was written).
CREATE OR REPLACE FUNCTION ledger_close(
  p_ids uuid[], p_kinds text[], p_organization_ids uuid[], p_project_ids uuid[], p_membership_ids uuid[], p_key_ids uuid[],
  p_model_ids uuid[], p_models text[], p_provider_ids uuid[], p_deployment_ids uuid[], p_price_ids uuid[],
  p_dialects text[], p_streams boolean[], p_statuses smallint[], p_error_codes text[],
  p_input_tokens int[], p_cached_tokens int[], p_cache_write_tokens int[], p_output_tokens int[], p_reasoning_tokens int[],
  p_costs bigint[], p_estimated boolean[], p_latencies_ms int[], p_first_tokens_ms int[], p_finish_reasons text[], p_attempts text[],
  p_created_at timestamptz[], p_units text[] DEFAULT NULL
) RETURNS TABLE (ordinal int, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
SET enable_bitmapscan = off AS $$
#variable_conflict use_column
DECLARE
  v_gone reservations[];
  v_hours usage_hours[];
  v_changes counter_change[];
BEGIN
  -- By the index, and so in the order of ids, like all who lock reservations.
  WITH gone AS (
    DELETE FROM reservations r WHERE request_id = ANY (p_ids) RETURNING r AS held
  )
  SELECT array_agg(held) INTO v_gone FROM gone;

  WITH item AS MATERIALIZED (
    SELECT t.id, t.kind, t.model, t.provider_id, t.deployment_id, t.price_id, t.dialect, t.stream, t.status, t.error_code, t.input_tokens,
      t.cached_tokens, t.cache_write_tokens, t.output_tokens, t.reasoning_tokens, t.estimated, t.latency_ms, t.first_token_ms,
      t.finish_reason, t.attempts, t.units, gone.amount_nanos, gone.counter_ids, gone.request_id IS NOT NULL AS is_held,
      CASE t.kind WHEN 'settlement' THEN t.cost WHEN 'expiry' THEN gone.amount_nanos ELSE 0 END AS true_cost,
      -- The clock of the database decides; what was refused is as old as its node says, but not of tomorrow.
      coalesce(gone.created_at, least(t.at, now())) AS created_at, coalesce(gone.organization_id, t.of_organization) AS organization_id,
      coalesce(gone.project_id, t.of_project) AS project_id, coalesce(gone.membership_id, t.of_member) AS membership_id,
      coalesce(gone.key_id, t.of_key) AS key_id, coalesce(gone.model_id, t.of_model) AS model_id
    FROM unnest(
      p_ids, p_kinds, p_organization_ids, p_project_ids, p_membership_ids, p_key_ids, p_model_ids, p_models, p_provider_ids,
      p_deployment_ids, p_price_ids, p_dialects, p_streams, p_statuses, p_error_codes, p_input_tokens, p_cached_tokens,
      p_cache_write_tokens, p_output_tokens, p_reasoning_tokens, p_costs, p_estimated, p_latencies_ms, p_first_tokens_ms,
      p_finish_reasons, p_attempts, p_created_at, p_units
    ) AS t (
      id, kind, of_organization, of_project, of_member, of_key, of_model, model, provider_id,
      deployment_id, price_id, dialect, stream, status, error_code, input_tokens, cached_tokens,
      cache_write_tokens, output_tokens, reasoning_tokens, cost, estimated, latency_ms, first_token_ms,
      finish_reason, attempts, at, units)
    LEFT JOIN unnest(v_gone) gone ON gone.request_id = t.id
    -- A record that comes after its reservation has expired is written down already.
    WHERE gone.request_id IS NOT NULL OR t.kind = 'record' AND NOT EXISTS (
      SELECT FROM ledger_entries e WHERE e.request_id = t.id AND e.kind <> 'adjustment')
  ), entered AS (
    INSERT INTO ledger_entries (request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
      reserved_nanos, cost_nanos, overrun_nanos, counter_ids, reserved_at)
    SELECT id, organization_id, project_id, membership_id, key_id, model_id,
      (CASE kind WHEN 'record' THEN 'release' ELSE kind END)::entry_kind,
      amount_nanos, true_cost, greatest(true_cost - amount_nanos, 0), counter_ids, created_at
    FROM item WHERE is_held
  ), rows AS (
    INSERT INTO requests (id, created_at, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
      deployment_id, price_id, dialect, stream, status, error_code, input_tokens, cached_tokens, cache_write_tokens,
      output_tokens, reasoning_tokens, cost_nanos, reserved_nanos, overrun_nanos, estimated, latency_ms, first_token_ms,
      finish_reason, attempts, units)
    SELECT id, created_at, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
      deployment_id, price_id, dialect, stream, status, error_code, input_tokens, cached_tokens, cache_write_tokens,
      output_tokens, reasoning_tokens, coalesce(true_cost, 0), coalesce(amount_nanos, 0),
      greatest(true_cost - amount_nanos, 0), estimated, latency_ms, first_token_ms, finish_reason, attempts::jsonb, units::jsonb
    FROM item
    ON CONFLICT DO NOTHING
    RETURNING created_at, organization_id, project_id, membership_id, key_id, model_id, provider_id, status, input_tokens, cached_tokens,
      cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms
  )
  SELECT
    (SELECT array_agg(ROW(hours.*)::usage_hours) FROM (
      SELECT date_trunc('hour', created_at), organization_id, project_id,
        coalesce(membership_id, '00000000-0000-0000-0000-000000000000'), key_id,
        coalesce(model_id, '00000000-0000-0000-0000-000000000000'), coalesce(provider_id, '00000000-0000-0000-0000-000000000000'),
        outcome_of(status, provider_id), count(*), coalesce(sum(input_tokens), 0), coalesce(sum(cached_tokens), 0),
        coalesce(sum(cache_write_tokens), 0), coalesce(sum(output_tokens), 0), coalesce(sum(reasoning_tokens), 0),
        sum(cost_nanos), sum(latency_ms)
      FROM rows GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    ) hours),
    (SELECT array_agg(ROW(changes.*)::counter_change) FROM (
      SELECT counter_id, sum(amount_nanos), sum(true_cost), sum(greatest(true_cost - amount_nanos, 0))
      FROM item CROSS JOIN LATERAL unnest(counter_ids) AS counter_id
      GROUP BY counter_id
    ) changes)
  INTO v_hours, v_changes;

  PERFORM FROM budget_counters WHERE id IN (SELECT counter_id FROM unnest(v_changes)) ORDER BY id FOR UPDATE;

  RETURN QUERY
  WITH counted AS (
    UPDATE budget_counters n
    SET reserved_nanos = n.reserved_nanos - t.reserved, spent_nanos = n.spent_nanos + t.spent, overrun_nanos = n.overrun_nanos + t.overrun
    FROM unnest(v_changes) t
    WHERE n.id = t.counter_id
  ), summed AS (
    INSERT INTO usage_hours AS h SELECT * FROM unnest(v_hours) ORDER BY organization_id, hour, project_id, membership_id, key_id, model_id, provider_id, outcome
    ON CONFLICT (organization_id, hour, project_id, membership_id, key_id, model_id, provider_id, outcome) DO UPDATE SET
      requests = h.requests + excluded.requests,
      input_tokens = h.input_tokens + excluded.input_tokens,
      cached_tokens = h.cached_tokens + excluded.cached_tokens,
      cache_write_tokens = h.cache_write_tokens + excluded.cache_write_tokens,
      output_tokens = h.output_tokens + excluded.output_tokens,
      reasoning_tokens = h.reasoning_tokens + excluded.reasoning_tokens,
      cost_nanos = h.cost_nanos + excluded.cost_nanos,
      latency_ms = h.latency_ms + excluded.latency_ms
  )
  SELECT item.i::int,
         CASE WHEN gone.request_id IS NOT NULL THEN 'closed' WHEN item.kind = 'record' THEN 'recorded' ELSE 'already closed' END
  FROM unnest(p_ids, p_kinds) WITH ORDINALITY AS item (id, kind, i) LEFT JOIN unnest(v_gone) gone ON gone.request_id = item.id;
END $$;

-- Reserving changes nothing that these look at.
DROP TRIGGER warn_when_crossed ON budget_counters;
CREATE TRIGGER warn_when_crossed BEFORE UPDATE OF spent_nanos, limit_nanos, raise_ends ON budget_counters FOR EACH ROW
  WHEN (NEW.spent_nanos >= NEW.next_alert_nanos OR NEW.limit_nanos <> OLD.limit_nanos OR NEW.raise_ends IS DISTINCT FROM OLD.raise_ends)
  EXECUTE FUNCTION warn_of_spend();

-- A row lives for as long as its request: there are never enough for this index to be worth its upkeep.
DROP INDEX reservations_node_id_idx;

-- Both change all the time: room for a row's next version on its own page, and what is dead is cleared away early.
ALTER TABLE budget_counters SET (fillfactor = 25, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE reservations SET (autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);

GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION ledger_reserve_singly OWNER TO stipend_ledger;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
REVOKE ALL ON FUNCTION ledger_reserve_singly FROM public;
