-- A request that comes alone, as all do where there is no crowd, needs nothing of what a batch needs: no arrays, no rows as
-- an answer, no facts. It is reserved whole by three statements, or not at all; whoever hears no asks ledger_reserve, which
-- can grant less, open a period's counter and say what stands in the way.
--
-- One statement locks, looks and takes. The index of identities is walked upwards (bitmaps would come in the order of the
-- heap), which is the order in which all others lock; a row that has too little is passed over unlocked, so what was taken
-- before and after it is given back and the transaction ends: nobody may lock a lower row now. Who has nothing left is
-- told without writing anything.
CREATE FUNCTION ledger_reserve_one(p_node_id uuid, p_request_id uuid, p_key_id uuid, p_model_id uuid, p_want bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_organization_id uuid;
  v_project_id uuid;
  v_membership_id uuid;
  v_counters bigint[];
  v_taken bigint[];
  v_fits boolean;
BEGIN
  SELECT k.organization_id, k.project_id, k.membership_id, bound.counter_ids,
         bound.can_pay IS NOT FALSE AND k.revoked_at IS NULL AND k.paused_at IS NULL AND coalesce(k.expires_at > now(), true)
  INTO v_organization_id, v_project_id, v_membership_id, v_counters, v_fits
  FROM keys k JOIN organizations o ON o.id = k.organization_id
  CROSS JOIN LATERAL (
    SELECT array_agg(n.id) AS counter_ids,
           bool_and(n.id IS NOT NULL AND n.spent_nanos < n.ceiling_nanos AND n.spent_nanos + n.reserved_nanos <= n.ceiling_nanos - p_want) AS can_pay
    FROM budgets b
    LEFT JOIN budget_counters n ON n.budget_id = b.id AND n.period_start = period_start_of(b.period, o.time_zone)
    WHERE b.scope_id = ANY (ARRAY[k.id, k.project_id, k.membership_id, k.organization_id])
      AND b.organization_id = k.organization_id AND b.archived_at IS NULL
      AND (b.model_id IS NULL OR b.model_id = p_model_id) AND (b.tag IS NULL OR b.tag = ANY (k.tags))
  ) bound
  WHERE k.id = p_key_id;
  IF v_fits IS NOT TRUE THEN RETURN false; END IF;

  IF v_counters IS NOT NULL THEN
    WITH taken AS (
      UPDATE budget_counters SET reserved_nanos = reserved_nanos + p_want
      WHERE id = ANY (v_counters)
        -- A budget with nothing left allows nothing, not even what is free of charge.
        AND CASE WHEN raise_ends IS NULL THEN limit_nanos ELSE limit_of(limit_nanos, raise_amounts, raise_ends) END - spent_nanos
          >= greatest(reserved_nanos + p_want, 1)
      RETURNING id
    ) SELECT array_agg(id) INTO v_taken FROM taken;
    IF cardinality(v_taken) IS DISTINCT FROM cardinality(v_counters) THEN
      UPDATE budget_counters SET reserved_nanos = reserved_nanos - p_want WHERE id = ANY (v_taken);
      RETURN false;
    END IF;
  END IF;

  INSERT INTO reservations (request_id, organization_id, project_id, membership_id, key_id, model_id, node_id, amount_nanos, counter_ids)
  VALUES (p_request_id, v_organization_id, v_project_id, v_membership_id, p_key_id, p_model_id, p_node_id, p_want, coalesce(v_counters, '{}'));
  RETURN true;
END $$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION ledger_reserve_one OWNER TO stipend_ledger;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
REVOKE ALL ON FUNCTION ledger_reserve_one FROM public;
GRANT EXECUTE ON FUNCTION ledger_reserve_one TO stipend_app;

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
