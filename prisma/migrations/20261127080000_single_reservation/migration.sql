-- A request that comes alone, as all do where there is no crowd, is reserved without the machinery of a batch: the same
-- rules and the same order of locks, in four plain statements.

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
  v_organization_id uuid;
  v_project_id uuid;
  v_membership_id uuid;
  v_fits boolean := false;
BEGIN
  IF NOT p_again AND cardinality(p_request_ids) = 1 THEN
    SELECT k.organization_id, k.project_id, k.membership_id, bound.counter_ids,
           bound.are_open IS NOT FALSE AND k.revoked_at IS NULL AND k.paused_at IS NULL AND coalesce(k.expires_at > now(), true)
             AND p_wants[1] >= 0 AND p_wants[1] >= p_floors[1] AND p_wants[1] >= p_comforts[1]
    INTO v_organization_id, v_project_id, v_membership_id, v_counters, v_fits
    FROM keys k JOIN organizations o ON o.id = k.organization_id
    CROSS JOIN LATERAL (
      SELECT array_agg(n.id) AS counter_ids, bool_and(n.id IS NOT NULL) AS are_open
      FROM budgets b
      LEFT JOIN budget_counters n ON n.budget_id = b.id AND n.period_start = period_start_of(b.period, o.time_zone)
      WHERE b.scope_id = ANY (ARRAY[k.id, k.project_id, k.membership_id, k.organization_id])
        AND b.organization_id = k.organization_id AND b.archived_at IS NULL
        AND (b.model_id IS NULL OR b.model_id = p_model_ids[1]) AND (b.tag IS NULL OR b.tag = ANY (k.tags))
    ) bound
    WHERE k.id = p_key_ids[1];
    IF v_fits THEN
      -- A budget with nothing left allows nothing, not even what is free of charge.
      SELECT coalesce(bool_and(unspent > 0 AND unspent - reserved_nanos >= p_wants[1]), true) INTO v_fits
      FROM (
        SELECT reserved_nanos,
          CASE WHEN raise_ends IS NULL THEN limit_nanos ELSE limit_of(limit_nanos, raise_amounts, raise_ends) END - spent_nanos AS unspent
        FROM budget_counters WHERE id = ANY (v_counters) ORDER BY id FOR UPDATE
      ) locked;
    END IF;
    IF v_fits THEN
      UPDATE budget_counters SET reserved_nanos = reserved_nanos + p_wants[1] WHERE id = ANY (v_counters) AND p_wants[1] > 0;
      INSERT INTO reservations (request_id, organization_id, project_id, membership_id, key_id, model_id, node_id, amount_nanos, counter_ids)
      VALUES (p_request_ids[1], v_organization_id, v_project_id, v_membership_id, p_key_ids[1], p_model_ids[1], p_node_id, p_wants[1],
        coalesce(v_counters, '{}'));
      ordinal := 1;
      outcome := 'reserved';
      amount_nanos := p_wants[1];
      RETURN NEXT;
      RETURN;
    END IF;
  ELSIF NOT p_again THEN
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
