-- The ledger: two phases, group-committed. A node sends whatever queued while its last batch was in flight as one
-- call of ledger_reserve or ledger_close: one round trip, one transaction, each counter row written once.
-- Locks are always taken in this order: reservations by request id, counters by id, usage hours by their key.

-- Opens the counters of a new budget with what its scope has already spent in the period, so that a cap set in the
-- middle of a month counts the whole month.
CREATE FUNCTION open_counter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_start timestamptz := period_start_of(NEW.period, (SELECT time_zone FROM organizations WHERE id = NEW.organization_id));
  v_spent bigint := 0;
BEGIN
  IF NEW.tag IS NULL THEN
    SELECT coalesce(sum(cost_nanos), 0) INTO v_spent
    FROM usage_hours
    WHERE organization_id = NEW.organization_id AND hour >= date_trunc('hour', v_start)
      AND (NEW.model_id IS NULL OR model_id = NEW.model_id)
      AND CASE NEW.scope
            WHEN 'organization' THEN true
            WHEN 'project' THEN project_id = NEW.scope_id
            WHEN 'member' THEN membership_id = NEW.scope_id
            WHEN 'key' THEN key_id = NEW.scope_id
          END;
  END IF;
  INSERT INTO budget_counters (organization_id, budget_id, period_start, limit_nanos, ceiling_nanos, opening_nanos, spent_nanos)
  VALUES (NEW.organization_id, NEW.id, v_start, NEW.limit_nanos, greatest(NEW.limit_nanos, v_spent), v_spent, v_spent)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER open_counter AFTER INSERT ON budgets FOR EACH ROW EXECUTE FUNCTION open_counter();

-- The counter follows the limit at once, in the same transaction; a raise lifts the ceiling with it.
CREATE FUNCTION carry_limit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE budget_counters
  SET limit_nanos = NEW.limit_nanos, ceiling_nanos = greatest(ceiling_nanos, NEW.limit_nanos)
  WHERE budget_id = NEW.id
    AND period_start = period_start_of(NEW.period, (SELECT time_zone FROM organizations WHERE id = NEW.organization_id));
  RETURN NULL;
END $$;
CREATE TRIGGER carry_limit AFTER UPDATE OF limit_nanos ON budgets FOR EACH ROW EXECUTE FUNCTION carry_limit();

-- Takes money for each request from every budget that covers its key, or from none. The arrays run in parallel, one
-- element a request, in order of arrival. A want of -1 means that the model is unpriced. What is granted lies between
-- floor and want; below comfort only when the budget really has no more, not because others hold it. Outcomes:
--   reserved | busy (would fit if others' reservations came back) | exhausted | unpriced | unknown | paused | expired | revoked
-- p_again: these ids may have been sent before (the reply was lost); what is already reserved is answered as it stands.
CREATE FUNCTION ledger_reserve(
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
  v_free bigint[];             -- limit - spent - reserved, as this batch eats it up
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

  SELECT array_agg(id), array_agg(limit_nanos - spent_nanos - reserved_nanos), array_agg(limit_nanos - spent_nanos),
         array_agg(0::bigint)
  INTO v_counters, v_free, v_unspent, v_taken
  FROM (
    SELECT id, limit_nanos, spent_nanos, reserved_nanos FROM budget_counters
    WHERE id = ANY (v_bound_counters) ORDER BY id FOR UPDATE
  ) locked;

  SELECT array_agg(place::int ORDER BY position) INTO v_bound_places
  FROM unnest(v_bound_counters) WITH ORDINALITY AS b (id, position)
  JOIN unnest(v_counters) WITH ORDINALITY AS c (id, place) USING (id);

  SELECT array_agg(CASE
           WHEN reservation.request_id IS NOT NULL THEN 'again'
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
             'counterId', n.id, 'budgetId', b.id, 'scope', b.scope, 'period', b.period,
             'limitNanos', n.limit_nanos::text, 'spentNanos', n.spent_nanos::text, 'reservedNanos', n.reserved_nanos::text,
             'resetsAt', period_end_of(b.period, o.time_zone))
           FROM budget_counters n JOIN budgets b ON b.id = n.budget_id JOIN organizations o ON o.id = b.organization_id
           WHERE n.id = answered.counter_id)
         END
  FROM unnest(p_request_ids, v_outcomes, v_amounts, v_binding) WITH ORDINALITY AS answered (request_id, outcome, amount, counter_id, i);
END $$;

-- Ends requests: books what each cost, gives the rest back, and writes its entry, its row and its hour, all in the one
-- transaction. Kinds: settlement (cost counts), release (costs nothing), expiry (costs what was reserved) and record
-- (no reservation is known of; if there is one after all, it is released). Outcomes: closed | recorded | already closed (nothing was written).
CREATE FUNCTION ledger_close(
  p_ids uuid[], p_kinds text[], p_organization_ids uuid[], p_project_ids uuid[], p_membership_ids uuid[], p_key_ids uuid[],
  p_model_ids uuid[], p_models text[], p_provider_ids uuid[], p_deployment_ids uuid[], p_price_ids uuid[],
  p_dialects text[], p_streams boolean[], p_statuses smallint[], p_error_codes text[],
  p_input_tokens int[], p_cached_tokens int[], p_cache_write_tokens int[], p_output_tokens int[], p_reasoning_tokens int[],
  p_costs bigint[], p_estimated boolean[], p_latencies_ms int[], p_first_tokens_ms int[], p_finish_reasons text[], p_attempts text[],
  p_created_at timestamptz[]
) RETURNS TABLE (ordinal int, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_counters bigint[];
BEGIN
  SELECT array_agg(counter_id) INTO v_counters
  FROM (SELECT counter_ids FROM reservations WHERE request_id = ANY (p_ids) ORDER BY request_id FOR UPDATE) locked
  CROSS JOIN LATERAL unnest(locked.counter_ids) AS counter_id;
  PERFORM FROM budget_counters WHERE id = ANY (v_counters) ORDER BY id FOR UPDATE;

  RETURN QUERY
  WITH item AS MATERIALIZED (
    SELECT * FROM unnest(
      p_ids, p_kinds, p_organization_ids, p_project_ids, p_membership_ids, p_key_ids, p_model_ids, p_models, p_provider_ids,
      p_deployment_ids, p_price_ids, p_dialects, p_streams, p_statuses, p_error_codes, p_input_tokens, p_cached_tokens,
      p_cache_write_tokens, p_output_tokens, p_reasoning_tokens, p_costs, p_estimated, p_latencies_ms, p_first_tokens_ms,
      p_finish_reasons, p_attempts, p_created_at
    ) WITH ORDINALITY AS t (
      id, kind, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
      deployment_id, price_id, dialect, stream, status, error_code, input_tokens, cached_tokens,
      cache_write_tokens, output_tokens, reasoning_tokens, cost, estimated, latency_ms, first_token_ms,
      finish_reason, attempts, created_at, i)
  ), gone AS (
    DELETE FROM reservations WHERE request_id = ANY (p_ids) RETURNING *
  ), closed AS MATERIALIZED (
    SELECT gone.*, CASE item.kind WHEN 'record' THEN 'release' ELSE item.kind END::entry_kind AS kind,
           CASE item.kind WHEN 'settlement' THEN item.cost WHEN 'expiry' THEN gone.amount_nanos ELSE 0 END AS cost
    FROM gone JOIN item ON item.id = gone.request_id
  ), entered AS (
    INSERT INTO ledger_entries (request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
      reserved_nanos, cost_nanos, overrun_nanos, counter_ids, reserved_at)
    SELECT request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
      amount_nanos, cost, greatest(cost - amount_nanos, 0), counter_ids, created_at
    FROM closed ORDER BY request_id
  ), counted AS (
    UPDATE budget_counters n
    SET reserved_nanos = n.reserved_nanos - t.reserved, spent_nanos = n.spent_nanos + t.spent, overrun_nanos = n.overrun_nanos + t.overrun
    FROM (
      SELECT counter_id, sum(amount_nanos)::bigint AS reserved, sum(cost)::bigint AS spent,
             sum(greatest(cost - amount_nanos, 0))::bigint AS overrun
      FROM closed CROSS JOIN LATERAL unnest(counter_ids) AS counter_id
      GROUP BY counter_id
    ) t
    WHERE n.id = t.counter_id
  ), rows AS (
    INSERT INTO requests (id, created_at, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
      deployment_id, price_id, dialect, stream, status, error_code, input_tokens, cached_tokens, cache_write_tokens,
      output_tokens, reasoning_tokens, cost_nanos, reserved_nanos, overrun_nanos, estimated, latency_ms, first_token_ms,
      finish_reason, attempts)
    SELECT item.id, coalesce(closed.created_at, item.created_at), coalesce(closed.organization_id, item.organization_id),
      coalesce(closed.project_id, item.project_id), coalesce(closed.membership_id, item.membership_id),
      coalesce(closed.key_id, item.key_id), coalesce(closed.model_id, item.model_id), item.model, item.provider_id,
      item.deployment_id, item.price_id, item.dialect, item.stream, item.status, item.error_code, item.input_tokens,
      item.cached_tokens, item.cache_write_tokens, item.output_tokens, item.reasoning_tokens,
      coalesce(closed.cost, 0), coalesce(closed.amount_nanos, 0), greatest(closed.cost - closed.amount_nanos, 0),
      item.estimated, item.latency_ms, item.first_token_ms, item.finish_reason, item.attempts::jsonb
    FROM item LEFT JOIN closed ON closed.request_id = item.id
    WHERE closed.request_id IS NOT NULL OR item.kind = 'record'
    ON CONFLICT DO NOTHING
    RETURNING *
  ), summed AS (
    INSERT INTO usage_hours AS h (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome,
      requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
    SELECT date_trunc('hour', created_at), organization_id, project_id,
      coalesce(membership_id, '00000000-0000-0000-0000-000000000000'), key_id,
      coalesce(model_id, '00000000-0000-0000-0000-000000000000'), coalesce(provider_id, '00000000-0000-0000-0000-000000000000'),
      outcome_of(status, provider_id), count(*), coalesce(sum(input_tokens), 0), coalesce(sum(cached_tokens), 0),
      coalesce(sum(cache_write_tokens), 0), coalesce(sum(output_tokens), 0), coalesce(sum(reasoning_tokens), 0),
      sum(cost_nanos), sum(latency_ms)
    FROM rows
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
      latency_ms = h.latency_ms + excluded.latency_ms
  )
  SELECT item.i::int,
         CASE WHEN closed.request_id IS NOT NULL THEN 'closed' WHEN item.kind = 'record' THEN 'recorded' ELSE 'already closed' END
  FROM item LEFT JOIN closed ON closed.request_id = item.id;
END $$;

-- How a request counts in the charts: a 4xx of ours is refused, one of the vendor's is an error.
CREATE FUNCTION outcome_of(status smallint, provider_id uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN status < 400 THEN 'ok'
  WHEN status = 499 THEN 'aborted'
  WHEN status < 500 AND provider_id IS NULL THEN 'refused'
  ELSE 'error'
END;

-- Says that a node lives, and for how long its reservations are safe from ledger_expire.
CREATE FUNCTION renew_lease(p_node_id uuid, p_seconds int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  INSERT INTO nodes (id, lease_until) VALUES (p_node_id, now() + make_interval(secs => p_seconds))
  ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until
$$;

-- Closes the reservations of nodes that are gone. Their requests may have been dispatched and nobody can say what they
-- used, so each keeps what was reserved for it. Returns how many.
CREATE FUNCTION ledger_expire(p_most int) RETURNS int
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

-- What stands before a tenant is known: a secret's hash, an e-mail, a session. Each finds at most one row, by a value
-- that cannot be guessed or that only a sign-in holds.
CREATE FUNCTION find_caller(p_hash bytea) RETURNS TABLE (
  id uuid, organization_id uuid, project_id uuid, membership_id uuid, name text, max_output_tokens int,
  requests_per_minute int, tokens_per_minute int, max_parallel int, allowed_ips text[],
  all_models boolean, allowed_model_ids uuid[], project_all_models boolean, project_allowed_model_ids uuid[],
  is_revoked boolean, is_paused boolean, is_expired boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT k.id, k.organization_id, k.project_id, k.membership_id, k.name, k.max_output_tokens,
    k.requests_per_minute, k.tokens_per_minute, k.max_parallel, k.allowed_ips,
    k.all_models, k.allowed_model_ids, p.all_models, p.allowed_model_ids,
    k.revoked_at IS NOT NULL OR p.archived_at IS NOT NULL, k.paused_at IS NOT NULL, coalesce(k.expires_at <= now(), false)
  FROM keys k JOIN projects p ON p.id = k.project_id
  WHERE k.secret_hash = p_hash OR (k.previous_secret_hash = p_hash AND k.previous_secret_until > now())
$$;
CREATE FUNCTION find_management_key(p_hash bytea) RETURNS SETOF management_keys
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM management_keys WHERE secret_hash = p_hash AND revoked_at IS NULL
$$;
CREATE FUNCTION find_user_by_email(p_email text) RETURNS SETOF users
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM users WHERE email = lower(p_email)
$$;
CREATE FUNCTION find_session(p_id uuid) RETURNS SETOF sessions
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM sessions WHERE id = p_id AND expires_at > now()
$$;

DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOR signature IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY (ARRAY[
      'open_counter', 'carry_limit', 'ledger_reserve', 'ledger_close', 'ledger_expire', 'renew_lease',
      'find_caller', 'find_management_key', 'find_user_by_email', 'find_session'])
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO stipend_ledger', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO stipend_app', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
