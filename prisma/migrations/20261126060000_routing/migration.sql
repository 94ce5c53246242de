-- What a route does when an answer does not come, what gateways know of their upstreams, and rate limits of every scope.

ALTER TABLE "models"
  ADD COLUMN "context_fallback_ids" UUID[] DEFAULT ARRAY[]::UUID[],
  ADD COLUMN "content_fallback_ids" UUID[] DEFAULT ARRAY[]::UUID[],
  ADD COLUMN "connect_timeout_ms" INTEGER,
  ADD COLUMN "first_token_timeout_ms" INTEGER,
  ADD COLUMN "idle_timeout_ms" INTEGER,
  ADD COLUMN "total_timeout_ms" INTEGER,
  ADD COLUMN "max_attempts" INTEGER;

ALTER TABLE "keys" ADD COLUMN "requests_per_day" INTEGER;
ALTER TABLE "projects"
  ADD COLUMN "requests_per_minute" INTEGER,
  ADD COLUMN "tokens_per_minute" INTEGER,
  ADD COLUMN "requests_per_day" INTEGER,
  ADD COLUMN "max_parallel" INTEGER;
ALTER TABLE "organizations"
  ADD COLUMN "requests_per_minute" INTEGER,
  ADD COLUMN "tokens_per_minute" INTEGER,
  ADD COLUMN "requests_per_day" INTEGER,
  ADD COLUMN "max_parallel" INTEGER;

CREATE TABLE "upstream_health" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "state" TEXT NOT NULL,
  "reason" TEXT,
  "until" TIMESTAMPTZ(3),
  "changed_at" TIMESTAMPTZ(3) NOT NULL,
  "first_token_ms" INTEGER,
  "error_permille" INTEGER,
  "in_flight" INTEGER,
  "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "upstream_health_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "upstream_health_organization_id_idx" ON "upstream_health" ("organization_id");
ALTER TABLE upstream_health ENABLE ROW LEVEL SECURITY;
ALTER TABLE upstream_health FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON upstream_health TO stipend_app USING (organization_id = current_organization_id());
CREATE POLICY ledger ON upstream_health TO stipend_ledger USING (true);
GRANT SELECT, INSERT, UPDATE ON upstream_health TO stipend_app;

-- Makes a reservation larger before one more dispatch: up to p_want in all, and not at all when p_floor does not fit.
-- The budgets of a model that takes over are bound from here on too. What is held never shrinks, and sent twice it
-- counts once. A want of -1 means that the model is unpriced, which no budget pays for.
-- Outcomes: reserved | exhausted | unpriced | gone (it was closed meanwhile).
CREATE FUNCTION ledger_top_up(p_request_id uuid, p_model_id uuid, p_want bigint, p_floor bigint)
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

  SELECT min(limit_nanos - spent_nanos - reserved_nanos + CASE WHEN id = ANY (v_held.counter_ids) THEN v_held.amount_nanos ELSE 0 END)
  INTO v_room
  FROM (
    SELECT id, limit_nanos, spent_nanos, reserved_nanos FROM budget_counters WHERE id = ANY (v_bound) ORDER BY id FOR UPDATE
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

-- A key's rate limits together with those of its project and its organization.
DROP FUNCTION find_caller(bytea);
CREATE FUNCTION find_caller(p_hash bytea) RETURNS TABLE (
  id uuid, organization_id uuid, project_id uuid, membership_id uuid, name text, max_output_tokens int,
  requests_per_minute int, tokens_per_minute int, max_parallel int, allowed_ips text[],
  all_models boolean, allowed_model_ids uuid[], project_all_models boolean, project_allowed_model_ids uuid[],
  is_revoked boolean, is_paused boolean, is_expired boolean,
  requests_per_day int,
  project_requests_per_minute int, project_tokens_per_minute int, project_requests_per_day int, project_max_parallel int,
  organization_requests_per_minute int, organization_tokens_per_minute int, organization_requests_per_day int,
  organization_max_parallel int
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT k.id, k.organization_id, k.project_id, k.membership_id, k.name, k.max_output_tokens,
    k.requests_per_minute, k.tokens_per_minute, k.max_parallel, k.allowed_ips,
    k.all_models, k.allowed_model_ids, p.all_models, p.allowed_model_ids,
    k.revoked_at IS NOT NULL OR p.archived_at IS NOT NULL, k.paused_at IS NOT NULL, coalesce(k.expires_at <= now(), false),
    k.requests_per_day,
    p.requests_per_minute, p.tokens_per_minute, p.requests_per_day, p.max_parallel,
    o.requests_per_minute, o.tokens_per_minute, o.requests_per_day, o.max_parallel
  FROM keys k JOIN projects p ON p.id = k.project_id JOIN organizations o ON o.id = k.organization_id
  WHERE k.secret_hash = p_hash OR (k.previous_secret_hash = p_hash AND k.previous_secret_until > now())
$$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOR signature IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY (ARRAY['ledger_top_up', 'find_caller'])
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO stipend_ledger', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO stipend_app', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
