-- The daily sums twice more with less detail: what does not ask for keys and members, nor for projects and models at once, is
-- read from far fewer rows again.
CREATE TABLE "usage_days_by_model" (
  "day" TIMESTAMPTZ(3) NOT NULL,
  "organization_id" UUID NOT NULL,
  "model_id" UUID NOT NULL,
  "provider_id" UUID NOT NULL,
  "outcome" TEXT NOT NULL,
  "requests" BIGINT NOT NULL,
  "input_tokens" BIGINT NOT NULL,
  "cached_tokens" BIGINT NOT NULL,
  "cache_write_tokens" BIGINT NOT NULL,
  "output_tokens" BIGINT NOT NULL,
  "reasoning_tokens" BIGINT NOT NULL,
  "cost_nanos" BIGINT NOT NULL,
  "latency_ms" BIGINT NOT NULL,

  CONSTRAINT "usage_days_by_model_pkey" PRIMARY KEY ("organization_id", "day", "model_id", "provider_id", "outcome")
);
CREATE TABLE "usage_days_by_project" (
  "day" TIMESTAMPTZ(3) NOT NULL,
  "organization_id" UUID NOT NULL,
  "project_id" UUID NOT NULL,
  "outcome" TEXT NOT NULL,
  "requests" BIGINT NOT NULL,
  "input_tokens" BIGINT NOT NULL,
  "cached_tokens" BIGINT NOT NULL,
  "cache_write_tokens" BIGINT NOT NULL,
  "output_tokens" BIGINT NOT NULL,
  "reasoning_tokens" BIGINT NOT NULL,
  "cost_nanos" BIGINT NOT NULL,
  "latency_ms" BIGINT NOT NULL,

  CONSTRAINT "usage_days_by_project_pkey" PRIMARY KEY ("organization_id", "day", "project_id", "outcome")
);
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['usage_days_by_model', 'usage_days_by_project'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I TO stipend_app USING (organization_id = current_organization_id())', tenant_table);
    EXECUTE format('CREATE POLICY ledger ON %I TO stipend_ledger USING (true)', tenant_table);
  END LOOP;
END $$;
GRANT SELECT ON usage_days_by_model, usage_days_by_project TO stipend_app;
GRANT SELECT, INSERT, DELETE ON usage_days_by_model, usage_days_by_project TO stipend_ledger;

-- What is summed already lacks these; it is summed anew.
TRUNCATE usage_days, usage_day_spans;

-- Sums one day. The hours are read and what is known to have changed in them is forgotten in one statement, so by one
-- look at the database: a change that it does not see yet stays noted.
CREATE OR REPLACE FUNCTION usage_sum_day(p_organization_id uuid, p_time_zone text, p_day timestamptz, p_ends_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  -- Also days of a time zone that the organization had before.
  WITH gone AS (
    DELETE FROM usage_day_spans WHERE organization_id = p_organization_id AND day < p_ends_at AND ends_at > p_day RETURNING day
  ), by_model AS (
    DELETE FROM usage_days_by_model d USING gone WHERE d.organization_id = p_organization_id AND d.day = gone.day
  ), by_project AS (
    DELETE FROM usage_days_by_project d USING gone WHERE d.organization_id = p_organization_id AND d.day = gone.day
  )
  DELETE FROM usage_days d USING gone WHERE d.organization_id = p_organization_id AND d.day = gone.day;

  WITH hours AS MATERIALIZED (
    SELECT * FROM usage_hours WHERE organization_id = p_organization_id AND hour >= p_day AND hour < p_ends_at
  ), seen AS (
    DELETE FROM usage_hour_changes WHERE organization_id = p_organization_id AND hour >= p_day AND hour < p_ends_at
  ), summed AS (
    INSERT INTO usage_days (day, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome,
      requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
    SELECT p_day, p_organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome,
      sum(requests), sum(input_tokens), sum(cached_tokens), sum(cache_write_tokens), sum(output_tokens),
      sum(reasoning_tokens), sum(cost_nanos), sum(latency_ms)
    FROM hours GROUP BY project_id, membership_id, key_id, model_id, provider_id, outcome
  ), summed_by_model AS (
    INSERT INTO usage_days_by_model (day, organization_id, model_id, provider_id, outcome,
      requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
    SELECT p_day, p_organization_id, model_id, provider_id, outcome,
      sum(requests), sum(input_tokens), sum(cached_tokens), sum(cache_write_tokens), sum(output_tokens),
      sum(reasoning_tokens), sum(cost_nanos), sum(latency_ms)
    FROM hours GROUP BY model_id, provider_id, outcome
  ), summed_by_project AS (
    INSERT INTO usage_days_by_project (day, organization_id, project_id, outcome,
      requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
    SELECT p_day, p_organization_id, project_id, outcome,
      sum(requests), sum(input_tokens), sum(cached_tokens), sum(cache_write_tokens), sum(output_tokens),
      sum(reasoning_tokens), sum(cost_nanos), sum(latency_ms)
    FROM hours GROUP BY project_id, outcome
  )
  INSERT INTO usage_day_spans (organization_id, day, ends_at, time_zone, hour_requests, hour_cost_nanos)
  SELECT p_organization_id, p_day, p_ends_at, p_time_zone,
    array_agg(coalesce(h.requests, 0) ORDER BY t.at), array_agg(coalesce(h.cost, 0) ORDER BY t.at)
  FROM generate_series(p_day, p_ends_at - interval '1 hour', interval '1 hour') AS t (at)
  LEFT JOIN (
    SELECT hour, sum(requests)::bigint AS requests, sum(cost_nanos)::bigint AS cost FROM hours GROUP BY hour
  ) h ON h.hour = t.at;
END $$;

-- Hours are noted as past and days summed sooner: there is less to read by the hour. No transaction is open for the 18 hours
-- between the two, and none that books a request of now changes an hour that old.
DROP TRIGGER past_hour ON usage_hours;
DROP TRIGGER past_hour_gone ON usage_hours;
CREATE TRIGGER past_hour AFTER INSERT OR UPDATE ON usage_hours FOR EACH ROW
  WHEN (NEW.hour < now() - interval '6 hours') EXECUTE FUNCTION note_past_hour();
CREATE TRIGGER past_hour_gone AFTER DELETE ON usage_hours FOR EACH ROW
  WHEN (OLD.hour < now() - interval '6 hours') EXECUTE FUNCTION note_past_hour();

-- Sums up to so many days: those that have changed, then those that have no sums yet, the oldest of each organization
-- first. Returns how many; 0 also while another process is at it.
CREATE OR REPLACE FUNCTION usage_sum_days(p_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_over timestamptz := now() - interval '1 day';
  v_done int := 0;
  v_organization uuid := '00000000-0000-0000-0000-000000000000';
  v_hour timestamptz := '-infinity';
  v_next record;
  v_day record;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('usage_sum_days')) THEN
    RETURN 0;
  END IF;

  WHILE v_done < p_most LOOP
    SELECT c.organization_id, c.hour, o.time_zone INTO v_next
    FROM usage_hour_changes c JOIN organizations o ON o.id = c.organization_id
    WHERE (c.organization_id, c.hour) >= (v_organization, v_hour)
    ORDER BY c.organization_id, c.hour LIMIT 1;
    EXIT WHEN NOT FOUND;
    SELECT * INTO v_day FROM usage_day_of(v_next.hour, v_next.time_zone);
    v_organization := v_next.organization_id;
    v_hour := v_day.ends_at;
    IF v_day.ends_at <= v_over THEN
      PERFORM usage_sum_day(v_organization, v_next.time_zone, v_day.day, v_day.ends_at);
      v_done := v_done + 1;
    END IF;
  END LOOP;

  FOR v_next IN
    SELECT o.id, o.time_zone, missing.hour
    FROM organizations o
    CROSS JOIN LATERAL (SELECT min(h.hour) AS hour FROM usage_hours h WHERE h.organization_id = o.id) first
    CROSS JOIN LATERAL (
      SELECT CASE
        WHEN EXISTS (
          SELECT FROM usage_day_spans s
          WHERE s.organization_id = o.id AND s.time_zone = o.time_zone AND s.day <= first.hour AND s.ends_at > first.hour
        ) THEN (
          SELECT min(s.ends_at) FROM usage_day_spans s
          WHERE s.organization_id = o.id AND s.time_zone = o.time_zone AND NOT EXISTS (
            SELECT FROM usage_day_spans n
            WHERE n.organization_id = o.id AND n.time_zone = o.time_zone AND n.day = s.ends_at)
        )
        ELSE first.hour
      END AS hour
    ) missing
    WHERE missing.hour < v_over
    ORDER BY missing.hour
    LIMIT greatest(p_most - v_done, 0)
  LOOP
    v_hour := v_next.hour;
    WHILE v_done < p_most LOOP
      SELECT * INTO v_day FROM usage_day_of(v_hour, v_next.time_zone);
      EXIT WHEN v_day.ends_at > v_over OR EXISTS (
        SELECT FROM usage_day_spans s
        WHERE s.organization_id = v_next.id AND s.time_zone = v_next.time_zone AND s.day = v_day.day
          AND s.ends_at = v_day.ends_at);
      PERFORM usage_sum_day(v_next.id, v_next.time_zone, v_day.day, v_day.ends_at);
      v_done := v_done + 1;
      v_hour := v_day.ends_at;
    END LOOP;
  END LOOP;
  RETURN v_done;
END $$;
