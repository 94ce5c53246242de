-- A new budget takes over what is in flight of its scope: a cap that is replaced by another while calls run must not be spent
-- twice. They hold their reservations of it from here on, and settle with it like with any other.
--
-- Reservations are made under a lock of their organization that many share. Whoever makes a budget of a scope that exists
-- holds it alone (hold_reservations): it waits for those that are on their way and do not know of it, and others wait for it.

CREATE FUNCTION hold_reservations(p_organization_id uuid) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtext('budgets'), hashtext(p_organization_id::text))
$$;
REVOKE ALL ON FUNCTION hold_reservations FROM public;
GRANT EXECUTE ON FUNCTION hold_reservations TO stipend_app;

-- A new counter begins with the limit and the raises of its budget as they are committed. The lock makes whoever changes
-- them at this moment come first or find the counter there: no period opens with a limit that is gone. What was admitted
-- before the budget was made may be more than it allows: nothing else is let in until there is room again.
CREATE OR REPLACE FUNCTION begin_counter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  SELECT limit_nanos INTO NEW.limit_nanos FROM budgets WHERE id = NEW.budget_id FOR SHARE;
  SELECT array_agg(amount_nanos ORDER BY until, id), array_agg(until ORDER BY until, id)
  INTO NEW.raise_amounts, NEW.raise_ends
  FROM budget_raises WHERE budget_id = NEW.budget_id AND ended_at IS NULL AND until > now();
  NEW.ceiling_nanos := greatest(limit_of(NEW.limit_nanos, NEW.raise_amounts, NEW.raise_ends), NEW.spent_nanos + NEW.reserved_nanos);
  RETURN NEW;
END $$;

-- Opens the counter of a new budget with what it would have counted, had it been there since its period began: what its
-- scope has spent and what it has in flight, of its model alone, or by the keys that carry its tag now. Where a period begins
-- within an hour (zones that are half an hour off) that hour is counted by its requests.
-- Whoever makes budgets and changes others in one transaction makes them first: reservations are locked before counters. What
-- they come to is summed after they are locked, so that each is either in flight or in the sum.
CREATE OR REPLACE FUNCTION open_counter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_start timestamptz := period_start_of(NEW.period, (SELECT time_zone FROM organizations WHERE id = NEW.organization_id));
  v_hour timestamptz := date_trunc('hour', v_start + interval '59 minutes 59.999999 seconds');
  v_spent bigint;
  v_held uuid[];
  v_reserved bigint;
  v_counter_id bigint;
BEGIN
  SELECT array_agg(request_id), coalesce(sum(amount_nanos), 0) INTO v_held, v_reserved
  FROM (
    SELECT r.request_id, r.amount_nanos FROM reservations r
    WHERE r.organization_id = NEW.organization_id AND r.created_at >= v_start
      AND (NEW.model_id IS NULL OR r.model_id = NEW.model_id)
      AND CASE NEW.scope
            WHEN 'organization' THEN true
            WHEN 'project' THEN r.project_id = NEW.scope_id
            WHEN 'member' THEN r.membership_id = NEW.scope_id
            WHEN 'key' THEN r.key_id = NEW.scope_id
          END
      AND (NEW.tag IS NULL OR r.key_id IN (
            SELECT id FROM keys WHERE organization_id = NEW.organization_id AND NEW.tag = ANY (tags)))
    ORDER BY r.request_id FOR UPDATE
  ) held;
  SELECT coalesce(sum(cost_nanos), 0) INTO v_spent
  FROM (
    SELECT project_id, membership_id, key_id, model_id, cost_nanos FROM usage_hours
    WHERE organization_id = NEW.organization_id AND hour >= v_hour
    UNION ALL
    SELECT project_id, membership_id, key_id, model_id, cost_nanos FROM requests
    WHERE organization_id = NEW.organization_id AND created_at >= v_start AND created_at < v_hour
  ) spend
  WHERE (NEW.model_id IS NULL OR model_id = NEW.model_id)
    AND CASE NEW.scope
          WHEN 'organization' THEN true
          WHEN 'project' THEN project_id = NEW.scope_id
          WHEN 'member' THEN membership_id = NEW.scope_id
          WHEN 'key' THEN key_id = NEW.scope_id
        END
    AND (NEW.tag IS NULL OR key_id IN (
          SELECT id FROM keys WHERE organization_id = NEW.organization_id AND NEW.tag = ANY (tags)));
  INSERT INTO budget_counters (organization_id, budget_id, period_start, limit_nanos, ceiling_nanos, opening_nanos, spent_nanos, reserved_nanos)
  VALUES (NEW.organization_id, NEW.id, v_start, NEW.limit_nanos, NEW.limit_nanos, v_spent, v_spent, v_reserved)
  RETURNING id INTO v_counter_id;
  UPDATE reservations SET counter_ids = counter_ids || v_counter_id WHERE request_id = ANY (v_held);
  RETURN NULL;
END $$;

-- As before, under the lock.
CREATE OR REPLACE FUNCTION ledger_reserve_one(p_node_id uuid, p_request_id uuid, p_key_id uuid, p_model_id uuid, p_want bigint) RETURNS boolean
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
  PERFORM pg_advisory_xact_lock_shared(hashtext('budgets'), hashtext(organization_id::text)) FROM keys WHERE id = p_key_id;

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
  PERFORM pg_advisory_xact_lock_shared(hashtext('budgets'), lock) FROM (
    SELECT DISTINCT hashtext(organization_id::text) AS lock FROM keys WHERE id = ANY (p_key_ids) ORDER BY 1
  ) locks;

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
