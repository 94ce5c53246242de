-- Raises that end by themselves: for a while a budget may spend more than its limit.

CREATE TABLE "budget_raises" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "budget_id" UUID NOT NULL,
  "amount_nanos" BIGINT NOT NULL,
  "until" TIMESTAMPTZ(3) NOT NULL,
  "reason" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "created_by" UUID,
  "actor" TEXT NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "ended_by" TEXT,

  CONSTRAINT "budget_raises_pkey" PRIMARY KEY ("id"),
  CONSTRAINT amount_positive CHECK (amount_nanos > 0)
);
CREATE UNIQUE INDEX "budget_raises_organization_id_id_key" ON "budget_raises" ("organization_id", "id");
CREATE INDEX "budget_raises_budget_id_until_idx" ON "budget_raises" ("budget_id", "until");
ALTER TABLE "budget_raises" ADD CONSTRAINT "budget_raises_organization_id_budget_id_fkey"
  FOREIGN KEY ("organization_id", "budget_id") REFERENCES "budgets" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE budget_raises ENABLE ROW LEVEL SECURITY;
ALTER TABLE budget_raises FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON budget_raises TO stipend_app USING (organization_id = current_organization_id());
CREATE POLICY ledger ON budget_raises TO stipend_ledger USING (true);
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON budget_raises TO stipend_app;
GRANT SELECT ON budget_raises TO stipend_ledger;
-- Locking a row takes the right to change a column of it; nothing of the ledger's changes one.
GRANT UPDATE (archived_at) ON budgets TO stipend_ledger;

-- The raises of a counter's budget, side by side; null: none, as with nearly every counter.
ALTER TABLE "budget_counters" ADD COLUMN "raise_amounts" BIGINT[], ADD COLUMN "raise_ends" TIMESTAMPTZ(3)[];

-- A limit together with the raises that have not ended. The moment is the transaction's, as that of a reservation is:
-- whatever is reserved of a raise was reserved before its end.
CREATE FUNCTION limit_of(p_limit bigint, p_raise_amounts bigint[], p_raise_ends timestamptz[]) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN p_raise_ends IS NULL THEN p_limit ELSE p_limit + (
  SELECT coalesce(sum(amount), 0)::bigint FROM unnest(p_raise_amounts, p_raise_ends) AS r (amount, until) WHERE until > now()
) END;

-- A new counter begins with the limit and the raises of its budget as they are committed. The lock makes whoever changes
-- them at this moment come first or find the counter there: no period opens with a limit that is gone.
CREATE FUNCTION begin_counter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  SELECT limit_nanos INTO NEW.limit_nanos FROM budgets WHERE id = NEW.budget_id FOR SHARE;
  SELECT array_agg(amount_nanos ORDER BY until, id), array_agg(until ORDER BY until, id)
  INTO NEW.raise_amounts, NEW.raise_ends
  FROM budget_raises WHERE budget_id = NEW.budget_id AND ended_at IS NULL AND until > now();
  NEW.ceiling_nanos := greatest(limit_of(NEW.limit_nanos, NEW.raise_amounts, NEW.raise_ends), NEW.opening_nanos);
  RETURN NEW;
END $$;
CREATE TRIGGER begin_counter BEFORE INSERT ON budget_counters FOR EACH ROW EXECUTE FUNCTION begin_counter();

-- A budget's limit with its raises, also before the first request of a period has opened a counter. For reading.
CREATE FUNCTION raised_limit_of(p_budget_id uuid, p_limit bigint) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
RETURN p_limit + (
  SELECT coalesce(sum(amount_nanos), 0)::bigint FROM budget_raises
  WHERE budget_id = p_budget_id AND ended_at IS NULL AND until > now()
);

-- The counter of the running period follows a raise at once, in the same transaction; so it does its end ahead of time.
CREATE FUNCTION carry_raise() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  PERFORM FROM budgets WHERE id = NEW.budget_id FOR NO KEY UPDATE;
  UPDATE budget_counters c
  SET raise_amounts = r.amounts, raise_ends = r.ends,
      ceiling_nanos = greatest(c.ceiling_nanos, limit_of(c.limit_nanos, r.amounts, r.ends))
  FROM (
    SELECT array_agg(amount_nanos ORDER BY until, id) AS amounts, array_agg(until ORDER BY until, id) AS ends
    FROM budget_raises WHERE budget_id = NEW.budget_id AND ended_at IS NULL AND until > now()
  ) r
  WHERE c.budget_id = NEW.budget_id AND c.period_start = (
    SELECT period_start_of(b.period, o.time_zone) FROM budgets b JOIN organizations o ON o.id = b.organization_id
    WHERE b.id = NEW.budget_id);
  RETURN NULL;
END $$;
CREATE TRIGGER carry_raise AFTER INSERT OR UPDATE ON budget_raises FOR EACH ROW EXECUTE FUNCTION carry_raise();

CREATE OR REPLACE FUNCTION carry_limit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE budget_counters
  SET limit_nanos = NEW.limit_nanos,
      ceiling_nanos = greatest(ceiling_nanos, limit_of(NEW.limit_nanos, raise_amounts, raise_ends))
  WHERE budget_id = NEW.id
    AND period_start = period_start_of(NEW.period, (SELECT time_zone FROM organizations WHERE id = NEW.organization_id));
  RETURN NULL;
END $$;

-- Opens the counter of a new budget with what it would have counted, had it been there since its period began: what its
-- scope has spent, of its model alone, or by the keys that carry its tag now. Where a period begins within an hour (zones
-- that are half an hour off) that hour is counted by its requests.
CREATE OR REPLACE FUNCTION open_counter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_start timestamptz := period_start_of(NEW.period, (SELECT time_zone FROM organizations WHERE id = NEW.organization_id));
  v_hour timestamptz := date_trunc('hour', v_start + interval '59 minutes 59.999999 seconds');
  v_spent bigint;
BEGIN
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
  INSERT INTO budget_counters (organization_id, budget_id, period_start, limit_nanos, ceiling_nanos, opening_nanos, spent_nanos)
  VALUES (NEW.organization_id, NEW.id, v_start, NEW.limit_nanos, NEW.limit_nanos, v_spent, v_spent)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- Who can raise a budget, by name: whoever set it and still may, else the first owner.
CREATE FUNCTION whom_to_ask(p_organization_id uuid, p_created_by uuid, p_scope budget_scope) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT u.name FROM memberships s JOIN users u ON u.id = s.user_id
  WHERE s.organization_id = p_organization_id AND s.removed_at IS NULL
    AND (s.role = 'owner' OR u.id = p_created_by AND (s.role = 'admin' OR s.role = 'lead' AND p_scope <> 'organization'))
  ORDER BY (u.id = p_created_by) IS TRUE DESC, s.created_at, s.id
  LIMIT 1
$$;

-- As before, with limit_of in place of the bare limit, and with more said of the budget that refuses.
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

CREATE OR REPLACE FUNCTION ledger_top_up(p_request_id uuid, p_model_id uuid, p_want bigint, p_floor bigint)
RETURNS TABLE (outcome text, amount_nanos bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
  v_held reservations;
  v_bound bigint[];
  v_room bigint;
  v_granted bigint;
BEGIN
  SELECT * INTO v_held FROM reservations WHERE request_id = p_request_id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'gone'::text, 0::bigint;
    RETURN;
  END IF;

  -- A request belongs to the period of its admission.
  INSERT INTO budget_counters (organization_id, budget_id, period_start, limit_nanos, ceiling_nanos)
  SELECT b.organization_id, b.id, period_start_of(b.period, o.time_zone, v_held.created_at), b.limit_nanos, b.limit_nanos
  FROM budgets b JOIN organizations o ON o.id = b.organization_id
  WHERE p_model_id <> v_held.model_id AND b.model_id = p_model_id AND b.organization_id = v_held.organization_id
    AND b.archived_at IS NULL
  ORDER BY b.id
  ON CONFLICT DO NOTHING;
  SELECT array_agg(id) INTO v_bound FROM (
    SELECT unnest(v_held.counter_ids) AS id
    UNION
    SELECT n.id
    FROM keys k
    JOIN organizations o ON o.id = k.organization_id
    JOIN budgets b ON b.scope_id IN (k.id, v_held.project_id, v_held.membership_id, k.organization_id)
      AND b.organization_id = k.organization_id AND b.archived_at IS NULL
      AND b.model_id = p_model_id AND (b.tag IS NULL OR b.tag = ANY (k.tags))
    JOIN budget_counters n ON n.budget_id = b.id AND n.period_start = period_start_of(b.period, o.time_zone, v_held.created_at)
    WHERE k.id = v_held.key_id AND p_model_id <> v_held.model_id
  ) bound;
  IF p_want < 0 THEN
    RETURN QUERY SELECT CASE WHEN v_bound IS NULL THEN 'reserved' ELSE 'unpriced' END, v_held.amount_nanos;
    RETURN;
  END IF;

  SELECT min(at_most - spent_nanos - reserved_nanos + CASE WHEN id = ANY (v_held.counter_ids) THEN v_held.amount_nanos ELSE 0 END)
  INTO v_room
  FROM (
    SELECT id, limit_of(limit_nanos, raise_amounts, raise_ends) AS at_most, spent_nanos, reserved_nanos
    FROM budget_counters WHERE id = ANY (v_bound) ORDER BY id FOR UPDATE
  ) locked;
  v_granted := least(greatest(p_want, v_held.amount_nanos), coalesce(v_room, greatest(p_want, v_held.amount_nanos)));
  IF v_granted < greatest(p_floor, v_held.amount_nanos) THEN
    RETURN QUERY SELECT 'exhausted'::text, v_held.amount_nanos;
    RETURN;
  END IF;

  UPDATE budget_counters
  SET reserved_nanos = reserved_nanos + v_granted - CASE WHEN id = ANY (v_held.counter_ids) THEN v_held.amount_nanos ELSE 0 END
  WHERE id = ANY (v_bound);
  UPDATE reservations SET amount_nanos = v_granted, counter_ids = coalesce(v_bound, '{}') WHERE request_id = p_request_id;
  RETURN QUERY SELECT 'reserved'::text, v_granted;
END $$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOR signature IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY (ARRAY['begin_counter', 'carry_raise'])
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO stipend_ledger', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO stipend_app', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
