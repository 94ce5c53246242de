-- What keys have used by the week, beside the sums by the day: what asks for single keys over months is read from a seventh
-- of the rows. A week is the seven days of one calendar week of the organization; it is read only while all of them would be.
CREATE TABLE "usage_weeks_by_key" (
  "week" TIMESTAMPTZ(3) NOT NULL,
  "organization_id" UUID NOT NULL,
  "project_id" UUID NOT NULL,
  "membership_id" UUID NOT NULL,
  "key_id" UUID NOT NULL,
  "outcome" TEXT NOT NULL,
  "requests" BIGINT NOT NULL,
  "input_tokens" BIGINT NOT NULL,
  "cached_tokens" BIGINT NOT NULL,
  "cache_write_tokens" BIGINT NOT NULL,
  "output_tokens" BIGINT NOT NULL,
  "reasoning_tokens" BIGINT NOT NULL,
  "cost_nanos" BIGINT NOT NULL,
  "latency_ms" BIGINT NOT NULL,

  CONSTRAINT "usage_weeks_by_key_pkey" PRIMARY KEY ("organization_id", "week", "key_id", "project_id", "membership_id", "outcome")
);

-- A key is asked for day by day.
DROP INDEX "usage_days_organization_id_key_id_idx";
CREATE INDEX "usage_days_organization_id_key_id_day_idx" ON "usage_days" ("organization_id", "key_id", "day");

-- In which week's sums those of a day are; null while that has none.
ALTER TABLE "usage_day_spans" ADD COLUMN "week" TIMESTAMPTZ(3);

ALTER TABLE usage_weeks_by_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_weeks_by_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON usage_weeks_by_key TO stipend_app USING (organization_id = current_organization_id());
CREATE POLICY ledger ON usage_weeks_by_key TO stipend_ledger USING (true);
GRANT SELECT ON usage_weeks_by_key TO stipend_app;
GRANT SELECT, INSERT, DELETE ON usage_weeks_by_key TO stipend_ledger;
GRANT UPDATE ("week") ON usage_day_spans TO stipend_ledger;

-- Of what is summed already there are no weeks; it is summed anew.
TRUNCATE usage_days, usage_days_by_model, usage_days_by_project, usage_day_spans;

-- Sums the week of a day as soon as each of its seven days has sums. It is made of those and of nothing else: so it is
-- what they add up to, and may be read while each of them may.
CREATE FUNCTION usage_sum_week(p_organization_id uuid, p_time_zone text, p_day timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_week timestamptz;
  v_ends_at timestamptz;
BEGIN
  SELECT min(s.day), max(s.ends_at) INTO v_week, v_ends_at
  FROM usage_day_spans s
  WHERE s.organization_id = p_organization_id AND s.time_zone = p_time_zone
    AND s.day > p_day - interval '8 days' AND s.day < p_day + interval '8 days'
    AND date_trunc('week', s.day AT TIME ZONE p_time_zone) = date_trunc('week', p_day AT TIME ZONE p_time_zone)
  HAVING count(*) = 7 AND sum(s.ends_at - s.day) = max(s.ends_at) - min(s.day);
  IF NOT FOUND THEN
    RETURN;
  END IF;

  INSERT INTO usage_weeks_by_key (week, organization_id, project_id, membership_id, key_id, outcome,
    requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
  SELECT v_week, p_organization_id, project_id, membership_id, key_id, outcome,
    sum(requests), sum(input_tokens), sum(cached_tokens), sum(cache_write_tokens), sum(output_tokens),
    sum(reasoning_tokens), sum(cost_nanos), sum(latency_ms)
  FROM usage_days d
  WHERE d.organization_id = p_organization_id AND d.day >= v_week AND d.day < v_ends_at
  GROUP BY project_id, membership_id, key_id, outcome
  ORDER BY key_id, project_id, membership_id, outcome;
  UPDATE usage_day_spans SET week = v_week
  WHERE organization_id = p_organization_id AND day >= v_week AND day < v_ends_at;
END $$;

-- Sums one day. The hours are read and what is known to have changed in them is forgotten in one statement, so by one
-- look at the database: a change that it does not see yet stays noted.
CREATE OR REPLACE FUNCTION usage_sum_day(p_organization_id uuid, p_time_zone text, p_day timestamptz, p_ends_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_weeks timestamptz[];
BEGIN
  v_weeks := ARRAY(
    SELECT s.week FROM usage_day_spans s
    WHERE s.organization_id = p_organization_id AND s.day < p_ends_at AND s.ends_at > p_day AND s.week IS NOT NULL);
  DELETE FROM usage_weeks_by_key WHERE organization_id = p_organization_id AND week = ANY (v_weeks);
  UPDATE usage_day_spans SET week = NULL WHERE organization_id = p_organization_id AND week = ANY (v_weeks);

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
    -- So they are read in the order in which they lie.
    ORDER BY project_id, membership_id, key_id, model_id, provider_id, outcome
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

  PERFORM usage_sum_week(p_organization_id, p_time_zone, p_day);
END $$;

-- Days are summed when they have been over for half a day: there is less to read by the hour. No transaction is open for
-- the seven hours between an hour being noted as past and its day being summed.
-- Sums up to so many days: those that have changed, then those that have no sums yet, the oldest of each organization
-- first. Returns how many; 0 also while another process is at it.
CREATE OR REPLACE FUNCTION usage_sum_days(p_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_over timestamptz := now() - interval '12 hours';
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

GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION usage_sum_week OWNER TO stipend_ledger;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
REVOKE ALL ON FUNCTION usage_sum_week FROM public;
