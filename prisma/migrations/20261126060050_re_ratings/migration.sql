-- Charging requests of the past by another price. What was booked stays; the difference is booked as an adjustment.

CREATE TABLE "re_ratings" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "model_id" UUID NOT NULL,
  "deployment_id" UUID,
  "price_id" UUID NOT NULL,
  "from" TIMESTAMPTZ(3) NOT NULL,
  "to" TIMESTAMPTZ(3) NOT NULL,
  "reason" TEXT NOT NULL,
  "requests" INTEGER NOT NULL DEFAULT 0,
  "difference_nanos" BIGINT NOT NULL DEFAULT 0,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "created_by" UUID,
  "actor" TEXT NOT NULL,
  "finished_at" TIMESTAMPTZ(3),

  CONSTRAINT "re_ratings_pkey" PRIMARY KEY ("id"),
  CONSTRAINT some_time CHECK ("to" > "from")
);
CREATE UNIQUE INDEX "re_ratings_organization_id_id_key" ON "re_ratings" ("organization_id", "id");
CREATE INDEX "re_ratings_organization_id_created_at_idx" ON "re_ratings" ("organization_id", "created_at" DESC);
ALTER TABLE "re_ratings" ADD CONSTRAINT "re_ratings_organization_id_model_id_fkey"
  FOREIGN KEY ("organization_id", "model_id") REFERENCES "models" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE re_ratings ENABLE ROW LEVEL SECURITY;
ALTER TABLE re_ratings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON re_ratings TO stipend_app USING (organization_id = current_organization_id());
CREATE POLICY ledger ON re_ratings TO stipend_ledger USING (true);
GRANT SELECT, INSERT ON re_ratings TO stipend_app;
GRANT UPDATE (finished_at) ON re_ratings TO stipend_app;
GRANT SELECT, UPDATE ON re_ratings TO stipend_ledger;

-- A price that only re-rated requests were charged by: it is never in force for new ones.
ALTER TABLE "prices" ADD COLUMN "re_rating_id" UUID;
ALTER TABLE "ledger_entries" ADD COLUMN "re_rating_id" UUID;
CREATE UNIQUE INDEX one_entry_a_re_rating ON ledger_entries (re_rating_id, request_id) WHERE re_rating_id IS NOT NULL;

-- Charges a batch of requests by the price of a re-rating, in the one transaction: an adjustment of each, its budgets, its
-- row and its hour. A request whose cost is not p_old any more, or that was done before, is left out, so that a batch can be
-- sent again. What costs more may go beyond a limit that is spent: that part counts as overrun, and goes back with it.
-- Returns how many were done.
CREATE FUNCTION ledger_re_rate(p_re_rating_id uuid, p_ids uuid[], p_created_at timestamptz[], p_old bigint[], p_new bigint[])
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
  v_re_rating re_ratings;
  v_none uuid := '00000000-0000-0000-0000-000000000000';
  v_done int;
BEGIN
  -- Two at the same re-rating go one after the other.
  SELECT * INTO v_re_rating FROM re_ratings WHERE id = p_re_rating_id FOR NO KEY UPDATE;
  IF NOT FOUND OR v_re_rating.finished_at IS NOT NULL THEN
    RETURN 0;
  END IF;
  PERFORM FROM requests r JOIN unnest(p_ids, p_created_at) AS asked (id, created_at) USING (id, created_at)
  ORDER BY r.id FOR UPDATE OF r;
  PERFORM FROM budget_counters WHERE id IN (
    SELECT unnest(e.counter_ids) FROM ledger_entries e WHERE e.request_id = ANY (p_ids) AND e.kind <> 'adjustment'
  ) ORDER BY id FOR UPDATE;

  WITH rated AS MATERIALIZED (
    SELECT r.*, e.id AS entry_id, e.counter_ids, e.reserved_at, asked.new_cost - asked.old_cost AS change,
      -- What it was charged before any re-rating is no overrun.
      greatest(asked.new_cost - e.cost_nanos - late.cost, 0) - greatest(asked.old_cost - e.cost_nanos - late.cost, 0) AS overrun
    FROM unnest(p_ids, p_created_at, p_old, p_new) AS asked (id, created_at, old_cost, new_cost)
    JOIN requests r ON r.id = asked.id AND r.created_at = asked.created_at
      AND r.organization_id = v_re_rating.organization_id AND r.cost_nanos = asked.old_cost
      AND r.price_id IS DISTINCT FROM v_re_rating.price_id
    JOIN ledger_entries e ON e.request_id = r.id AND e.kind <> 'adjustment'
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(a.cost_nanos), 0)::bigint AS cost FROM ledger_entries a
      WHERE a.request_id = r.id AND a.kind = 'adjustment' AND a.re_rating_id IS NULL
    ) late
  ), entered AS (
    INSERT INTO ledger_entries (request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
      reserved_nanos, cost_nanos, overrun_nanos, counter_ids, reserved_at, re_rating_id)
    SELECT e.request_id, e.organization_id, e.project_id, e.membership_id, e.key_id, e.model_id, 'adjustment',
      0, rated.change, rated.overrun, e.counter_ids, e.reserved_at, p_re_rating_id
    FROM rated JOIN ledger_entries e ON e.id = rated.entry_id
    WHERE rated.change <> 0 ORDER BY e.request_id
  ), counted AS (
    UPDATE budget_counters n SET spent_nanos = n.spent_nanos + t.change, overrun_nanos = n.overrun_nanos + t.overrun
    FROM (
      SELECT counter_id, sum(change)::bigint AS change, sum(overrun)::bigint AS overrun
      FROM rated CROSS JOIN LATERAL unnest(counter_ids) AS counter_id GROUP BY counter_id
    ) t
    WHERE n.id = t.counter_id
  ), shown AS (
    UPDATE requests r SET cost_nanos = r.cost_nanos + rated.change, price_id = v_re_rating.price_id
    FROM rated WHERE r.id = rated.id AND r.created_at = rated.created_at
  ), summed AS (
    UPDATE usage_hours h SET cost_nanos = h.cost_nanos + t.change
    FROM (
      SELECT date_trunc('hour', created_at) AS hour, project_id, coalesce(membership_id, v_none) AS membership_id, key_id,
        coalesce(model_id, v_none) AS model_id, coalesce(provider_id, v_none) AS provider_id,
        outcome_of(status, provider_id) AS outcome, sum(change)::bigint AS change
      FROM rated GROUP BY 1, 2, 3, 4, 5, 6, 7
    ) t
    WHERE h.organization_id = v_re_rating.organization_id AND h.hour = t.hour AND h.project_id = t.project_id
      AND h.membership_id = t.membership_id AND h.key_id = t.key_id AND h.model_id = t.model_id
      AND h.provider_id = t.provider_id AND h.outcome = t.outcome
  ), totalled AS (
    UPDATE re_ratings t SET requests = t.requests + sums.n, difference_nanos = t.difference_nanos + sums.change
    FROM (SELECT count(*)::int AS n, coalesce(sum(change), 0)::bigint AS change FROM rated) sums
    WHERE t.id = p_re_rating_id
  )
  SELECT count(*) INTO v_done FROM rated;
  RETURN v_done;
END $$;
CREATE INDEX ledger_entries_adjusted ON ledger_entries (request_id) WHERE kind = 'adjustment';

GRANT CREATE ON SCHEMA public TO stipend_ledger;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOR signature IN
    SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname = 'ledger_re_rate'
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO stipend_ledger', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO stipend_app', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
