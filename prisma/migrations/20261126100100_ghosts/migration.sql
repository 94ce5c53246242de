-- A request is closed once and for ever. A reservation that commits after its request was closed (the server was slow, the
-- node had given up on it, and another took its orphans) is a ghost: what it holds is given back, and nothing is booked.

-- Gives back what ghosts among these hold. Returns how many there were.
CREATE FUNCTION ledger_drop_ghosts(p_ids uuid[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_ids uuid[];
  v_counters bigint[];
BEGIN
  SELECT array_agg(request_id) INTO v_ids FROM (
    SELECT r.request_id FROM reservations r
    WHERE r.request_id = ANY (p_ids)
      AND EXISTS (SELECT FROM ledger_entries e WHERE e.request_id = r.request_id AND e.kind <> 'adjustment')
    ORDER BY r.request_id FOR UPDATE
  ) ghosts;
  IF v_ids IS NULL THEN
    RETURN 0;
  END IF;
  SELECT array_agg(counter_id) INTO v_counters
  FROM reservations CROSS JOIN LATERAL unnest(counter_ids) AS counter_id WHERE request_id = ANY (v_ids);
  PERFORM FROM budget_counters WHERE id = ANY (v_counters) ORDER BY id FOR UPDATE;
  WITH gone AS (
    DELETE FROM reservations WHERE request_id = ANY (v_ids) RETURNING *
  )
  UPDATE budget_counters n SET reserved_nanos = n.reserved_nanos - t.reserved
  FROM (
    SELECT counter_id, sum(amount_nanos)::bigint AS reserved
    FROM gone CROSS JOIN LATERAL unnest(counter_ids) AS counter_id GROUP BY counter_id
  ) t
  WHERE n.id = t.counter_id;
  RETURN cardinality(v_ids);
END $$;

-- As before; strays that are ghosts have their entry already.
CREATE OR REPLACE FUNCTION ledger_drop_strays(p_node_id uuid, p_held uuid[], p_before timestamptz) RETURNS int
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
    FROM gone
    WHERE NOT EXISTS (SELECT FROM ledger_entries e WHERE e.request_id = gone.request_id AND e.kind <> 'adjustment')
    ORDER BY request_id
  )
  UPDATE budget_counters n SET reserved_nanos = n.reserved_nanos - t.reserved
  FROM (
    SELECT counter_id, sum(amount_nanos)::bigint AS reserved
    FROM gone CROSS JOIN LATERAL unnest(counter_ids) AS counter_id GROUP BY counter_id
  ) t
  WHERE n.id = t.counter_id;
  RETURN cardinality(v_ids);
END $$;

-- As before; ghosts are dropped, so that one of them does not keep all others from expiring.
CREATE OR REPLACE FUNCTION ledger_expire(p_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_ids uuid[];
  v_none uuid[];
  v_closed int;
BEGIN
  SELECT array_agg(request_id) INTO v_ids FROM (
    SELECT r.request_id FROM reservations r
    WHERE NOT EXISTS (SELECT FROM nodes n WHERE n.id = r.node_id AND n.lease_until > now())
    ORDER BY r.request_id LIMIT p_most FOR UPDATE SKIP LOCKED
  ) orphans;
  IF v_ids IS NULL THEN
    DELETE FROM nodes n WHERE n.lease_until < now() - interval '1 day'
      AND NOT EXISTS (SELECT FROM reservations r WHERE r.node_id = n.id);
    RETURN 0;
  END IF;
  PERFORM ledger_drop_ghosts(v_ids);
  -- In the order of ids, as the names of their models below.
  SELECT array_agg(request_id ORDER BY request_id) INTO v_ids FROM reservations WHERE request_id = ANY (v_ids);
  IF v_ids IS NULL THEN
    RETURN 1; -- nothing but ghosts, and there may be more orphans
  END IF;
  v_none := array_fill(NULL::uuid, ARRAY[cardinality(v_ids)]);
  SELECT count(*) INTO v_closed FROM ledger_close(
    v_ids, array_fill('expiry'::text, ARRAY[cardinality(v_ids)]), v_none, v_none, v_none, v_none, v_none,
    (SELECT array_agg(coalesce(m.name, '') ORDER BY r.request_id)
     FROM reservations r LEFT JOIN models m ON m.id = r.model_id WHERE r.request_id = ANY (v_ids)),
    v_none, v_none, v_none, array_fill('unknown'::text, ARRAY[cardinality(v_ids)]), array_fill(false, ARRAY[cardinality(v_ids)]),
    array_fill(500::smallint, ARRAY[cardinality(v_ids)]), array_fill('node_lost'::text, ARRAY[cardinality(v_ids)]),
    array_fill(NULL::int, ARRAY[cardinality(v_ids)]), array_fill(NULL::int, ARRAY[cardinality(v_ids)]),
    array_fill(NULL::int, ARRAY[cardinality(v_ids)]), array_fill(NULL::int, ARRAY[cardinality(v_ids)]),
    array_fill(NULL::int, ARRAY[cardinality(v_ids)]), array_fill(0::bigint, ARRAY[cardinality(v_ids)]),
    array_fill(true, ARRAY[cardinality(v_ids)]), array_fill(0, ARRAY[cardinality(v_ids)]),
    array_fill(NULL::int, ARRAY[cardinality(v_ids)]), array_fill(NULL::text, ARRAY[cardinality(v_ids)]),
    array_fill('[]'::text, ARRAY[cardinality(v_ids)]), array_fill(now(), ARRAY[cardinality(v_ids)])
  ) WHERE outcome = 'closed';
  RETURN v_closed;
END $$;

-- As before, and one outcome more: closed (sent again after the request was closed, by an expiry; nothing is reserved).
CREATE OR REPLACE FUNCTION ledger_reserve(
  p_node_id uuid, p_request_ids uuid[], p_key_ids uuid[], p_model_ids uuid[], p_wants bigint[], p_comforts bigint[],
  p_floors bigint[], p_again boolean
) RETURNS TABLE (ordinal int, outcome text, amount_nanos bigint, facts jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan AS $$
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

  INSERT INTO reservations (request_id, organization_id, project_id, membership_id, key_id, model_id, node_id, amount_nanos, counter_ids)
  SELECT asked.request_id, k.organization_id, k.project_id, k.membership_id, k.id, asked.model_id, p_node_id, asked.amount,
         coalesce(bound.counter_ids, '{}')
  FROM unnest(p_request_ids, p_key_ids, p_model_ids, v_amounts, v_outcomes)
    WITH ORDINALITY AS asked (request_id, key_id, model_id, amount, outcome, i)
  JOIN keys k ON k.id = asked.key_id
  LEFT JOIN (
    SELECT r AS i, array_agg(c) AS counter_ids FROM unnest(v_bound_requests, v_bound_counters) AS b (r, c) GROUP BY r
  ) bound ON bound.i = asked.i
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

GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION ledger_drop_ghosts OWNER TO stipend_ledger;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
REVOKE ALL ON FUNCTION ledger_drop_ghosts FROM public;
GRANT EXECUTE ON FUNCTION ledger_drop_ghosts TO stipend_app;
