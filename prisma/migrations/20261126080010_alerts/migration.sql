-- Alerts: what people must hear of, once. Those of budgets are written by the transaction that crosses the threshold, so
-- none is lost with a process and none is written twice.

CREATE TABLE "alerts" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "organization_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "occasion" TEXT NOT NULL,
  "budget_id" UUID,
  "key_id" UUID,
  "provider_id" UUID,
  "percent" SMALLINT,
  "facts" JSONB NOT NULL,
  "quiet" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "dispatched_at" TIMESTAMPTZ(3),
  "acknowledged_at" TIMESTAMPTZ(3),
  "acknowledged_by" UUID,

  CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "alerts_organization_id_occasion_key" ON "alerts" ("organization_id", "occasion");
CREATE UNIQUE INDEX "alerts_organization_id_id_key" ON "alerts" ("organization_id", "id");
CREATE INDEX "alerts_organization_id_created_at_id_idx" ON "alerts" ("organization_id", "created_at" DESC, "id");
CREATE INDEX alerts_to_dispatch ON alerts (created_at) WHERE dispatched_at IS NULL;

CREATE TABLE "alert_channels" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "recipients" TEXT[],
  "sealed" BYTEA,
  "hint" TEXT NOT NULL,
  "alert_kinds" TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "paused_at" TIMESTAMPTZ(3),
  "archived_at" TIMESTAMPTZ(3),

  CONSTRAINT "alert_channels_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "alert_channels_organization_id_id_key" ON "alert_channels" ("organization_id", "id");
CREATE UNIQUE INDEX alert_channels_name ON alert_channels (organization_id, name) WHERE archived_at IS NULL;

CREATE TABLE "alert_deliveries" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "organization_id" UUID NOT NULL,
  "alert_id" UUID NOT NULL,
  "channel_id" UUID NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "attempts" SMALLINT NOT NULL DEFAULT 0,
  "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "leased_until" TIMESTAMPTZ(3),
  "outcome" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),

  CONSTRAINT "alert_deliveries_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "alert_deliveries_alert_id_channel_id_key" ON "alert_deliveries" ("alert_id", "channel_id");
CREATE INDEX "alert_deliveries_organization_id_created_at_id_idx" ON "alert_deliveries" ("organization_id", "created_at" DESC, "id");
CREATE INDEX alert_deliveries_due ON alert_deliveries (due_at) WHERE state = 'waiting';

ALTER TABLE "alerts" ADD CONSTRAINT "alerts_organization_id_fkey"
  FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_organization_id_fkey"
  FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_organization_id_alert_id_fkey"
  FOREIGN KEY ("organization_id", "alert_id") REFERENCES "alerts" ("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_organization_id_channel_id_fkey"
  FOREIGN KEY ("organization_id", "channel_id") REFERENCES "alert_channels" ("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['alerts', 'alert_channels', 'alert_deliveries'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I TO stipend_app USING (organization_id = current_organization_id())', tenant_table);
    EXECUTE format('CREATE POLICY ledger ON %I TO stipend_ledger USING (true)', tenant_table);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON alerts, alert_channels, alert_deliveries TO stipend_app;
GRANT SELECT, INSERT, UPDATE ON alerts, alert_deliveries TO stipend_ledger;
GRANT SELECT ON alert_channels TO stipend_ledger;

-- The thresholds of a budget. What the hot path pays for them is one comparison: next_alert_nanos is where the next is due.
ALTER TABLE "budget_counters" ADD COLUMN "next_alert_nanos" BIGINT;

CREATE FUNCTION alert_thresholds() RETURNS smallint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY[50, 80, 95, 100]::smallint[];

CREATE FUNCTION next_alert_of(limit_nanos bigint, spent_nanos bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT min(ceil(limit_nanos::numeric * threshold / 100))::bigint
  FROM unnest(alert_thresholds()) AS threshold
  WHERE limit_nanos > 0 AND spent_nanos::numeric * 100 < limit_nanos::numeric * threshold
);

-- An amount as people and programs read it: decimal dollars without needless zeros.
CREATE FUNCTION usd_of(nanos bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN trim_scale(nanos::numeric / 1000000000)::text;

UPDATE budget_counters SET next_alert_nanos = next_alert_of(limit_of(limit_nanos, raise_amounts, raise_ends), spent_nanos);

-- One alert for each threshold, period and limit: a raise warns anew on its way to the higher limit. Of several that are
-- crossed at once only the highest is sent.
CREATE FUNCTION warn_of_spend() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  v_limit bigint := limit_of(NEW.limit_nanos, NEW.raise_amounts, NEW.raise_ends);
BEGIN
  INSERT INTO alerts (organization_id, kind, occasion, budget_id, key_id, percent, quiet, facts)
  SELECT NEW.organization_id, 'budget_threshold', format('budget:%s:%s:%s', NEW.id, threshold, v_limit), NEW.budget_id,
    CASE b.scope WHEN 'key' THEN b.scope_id END, threshold, threshold < max(threshold) OVER (),
    jsonb_build_object(
      'scope', b.scope, 'scopeId', b.scope_id, 'period', b.period, 'percent', threshold, 'limitUsd', usd_of(v_limit),
      'spentUsd', usd_of(NEW.spent_nanos), 'resetsAt', period_end_of(b.period, o.time_zone),
      'subject', CASE b.scope
        WHEN 'organization' THEN o.name
        WHEN 'project' THEN (SELECT p.name FROM projects p WHERE p.id = b.scope_id)
        WHEN 'member' THEN (
          SELECT coalesce(u.name, u.email) FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.id = b.scope_id)
        WHEN 'key' THEN (SELECT k.name FROM keys k WHERE k.id = b.scope_id)
      END,
      'model', (SELECT m.name FROM models m WHERE m.id = b.model_id), 'tag', b.tag)
  FROM unnest(alert_thresholds()) AS threshold, budgets b JOIN organizations o ON o.id = b.organization_id
  WHERE b.id = NEW.budget_id AND v_limit > 0
    AND NEW.spent_nanos::numeric * 100 >= v_limit::numeric * threshold
  ON CONFLICT DO NOTHING;
  NEW.next_alert_nanos := next_alert_of(v_limit, NEW.spent_nanos);
  RETURN NEW;
END $$;
CREATE TRIGGER warn_when_opened BEFORE INSERT ON budget_counters FOR EACH ROW EXECUTE FUNCTION warn_of_spend();
CREATE TRIGGER warn_when_crossed BEFORE UPDATE ON budget_counters FOR EACH ROW
  WHEN (NEW.spent_nanos >= NEW.next_alert_nanos OR NEW.limit_nanos <> OLD.limit_nanos
    OR NEW.raise_ends IS DISTINCT FROM OLD.raise_ends)
  EXECUTE FUNCTION warn_of_spend();

-- A vendor that reports more than was set aside could do it again: the key stops until somebody has looked.
CREATE FUNCTION pause_for_overrun() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  UPDATE keys SET paused_at = now(), pause_reason = 'Paused by Stipend: the vendor reported more than was set aside for a request'
  WHERE id = NEW.key_id AND paused_at IS NULL AND cardinality(NEW.counter_ids) > 0;
  INSERT INTO alerts (organization_id, kind, occasion, key_id, facts)
  SELECT NEW.organization_id, 'overrun', 'overrun:' || NEW.request_id, NEW.key_id, jsonb_build_object(
    'subject', k.name, 'requestId', NEW.request_id, 'reservedUsd', usd_of(NEW.reserved_nanos),
    'costUsd', usd_of(NEW.cost_nanos), 'overrunUsd', usd_of(NEW.overrun_nanos), 'paused', cardinality(NEW.counter_ids) > 0)
  FROM keys k WHERE k.id = NEW.key_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
GRANT UPDATE (paused_at, pause_reason) ON keys TO stipend_ledger;
CREATE TRIGGER pause_for_overrun AFTER INSERT ON ledger_entries FOR EACH ROW
  WHEN (NEW.overrun_nanos > 0) EXECUTE FUNCTION pause_for_overrun();

-- Makes the deliveries of new alerts, across organizations. Returns how many alerts it saw to.
CREATE FUNCTION dispatch_alerts(p_most int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_ids uuid[];
BEGIN
  SELECT array_agg(id) INTO v_ids FROM (
    SELECT id FROM alerts WHERE dispatched_at IS NULL ORDER BY created_at LIMIT p_most FOR UPDATE SKIP LOCKED
  ) fresh;
  INSERT INTO alert_deliveries (organization_id, alert_id, channel_id)
  SELECT a.organization_id, a.id, c.id
  FROM alerts a JOIN alert_channels c ON c.organization_id = a.organization_id
  WHERE a.id = ANY (v_ids) AND NOT a.quiet AND c.archived_at IS NULL AND c.paused_at IS NULL
    AND (c.alert_kinds = '{}' OR a.kind = ANY (c.alert_kinds))
  ON CONFLICT DO NOTHING;
  UPDATE alerts SET dispatched_at = now() WHERE id = ANY (v_ids);
  RETURN coalesce(cardinality(v_ids), 0);
END $$;

-- Hands out deliveries that are due, each to one worker at a time: whoever does not finish within the lease loses it.
CREATE FUNCTION claim_deliveries(p_most int, p_lease_seconds int)
RETURNS TABLE (id uuid, organization_id uuid, alert_id uuid, channel_id uuid, attempts smallint)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE alert_deliveries d SET attempts = d.attempts + 1, leased_until = now() + make_interval(secs => p_lease_seconds)
  WHERE d.id IN (
    SELECT w.id FROM alert_deliveries w
    WHERE w.state = 'waiting' AND w.due_at <= now() AND (w.leased_until IS NULL OR w.leased_until < now())
    ORDER BY w.due_at LIMIT p_most FOR UPDATE SKIP LOCKED)
  RETURNING d.id, d.organization_id, d.alert_id, d.channel_id, d.attempts
$$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY['dispatch_alerts(int)'::regprocedure, 'claim_deliveries(int, int)'::regprocedure] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO stipend_ledger', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO stipend_app', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;

-- The first verification that finds a difference raises the alarm; those that find it still there do not.
CREATE FUNCTION warn_of_mismatch() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  INSERT INTO alerts (organization_id, kind, occasion, facts)
  SELECT NEW.organization_id, 'ledger_mismatch', 'ledger:' || NEW.id, jsonb_build_object('mismatches', NEW.mismatch_count)
  WHERE NOT coalesce((
    SELECT v.mismatch_count > 0 FROM ledger_verifications v
    WHERE v.organization_id = NEW.organization_id AND v.id < NEW.id ORDER BY v.id DESC LIMIT 1), false)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER warn_of_mismatch AFTER INSERT ON ledger_verifications FOR EACH ROW
  WHEN (NEW.mismatch_count > 0) EXECUTE FUNCTION warn_of_mismatch();

-- A vendor that no longer takes the credential, or has no money left, says so again and again: one alert each time it begins.
CREATE FUNCTION warn_of_blocked_provider() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  INSERT INTO alerts (organization_id, kind, occasion, provider_id, facts)
  SELECT NEW.organization_id, 'provider_blocked', format('provider:%s:%s', NEW.id, NEW.changed_at), p.id,
    jsonb_build_object('subject', p.name, 'state', NEW.state, 'reason', coalesce(NEW.reason, NEW.state))
  FROM providers p WHERE p.id = NEW.id AND p.organization_id = NEW.organization_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER warn_when_blocked AFTER INSERT ON upstream_health FOR EACH ROW
  WHEN (NEW.state IN ('refused', 'out_of_credit')) EXECUTE FUNCTION warn_of_blocked_provider();
CREATE TRIGGER warn_when_blocked_anew AFTER UPDATE OF state ON upstream_health FOR EACH ROW
  WHEN (NEW.state IN ('refused', 'out_of_credit') AND NEW.state <> OLD.state) EXECUTE FUNCTION warn_of_blocked_provider();

-- Keys that spend far more in this hour than in the hours of the last two weeks in which they worked: ten times the usual
-- (the 90th percentile) and at least a dollar, once a key and hour. A key with less than a day of work has no usual yet.
CREATE FUNCTION warn_of_anomalies() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_found int;
BEGIN
  WITH now_spent AS (
    SELECT organization_id, key_id, sum(cost_nanos)::bigint AS spent FROM usage_hours
    WHERE hour = date_trunc('hour', now()) GROUP BY 1, 2 HAVING sum(cost_nanos) >= 1000000000
  ), before AS (
    SELECT h.key_id, h.hour, sum(h.cost_nanos)::bigint AS spent
    FROM usage_hours h JOIN now_spent n ON n.organization_id = h.organization_id AND n.key_id = h.key_id
    WHERE h.hour >= date_trunc('hour', now()) - interval '14 days' AND h.hour < date_trunc('hour', now())
    GROUP BY 1, 2
  ), usual AS (
    SELECT key_id, percentile_disc(0.9) WITHIN GROUP (ORDER BY spent) AS spent FROM before GROUP BY 1 HAVING count(*) >= 24
  )
  INSERT INTO alerts (organization_id, kind, occasion, key_id, facts)
  SELECT n.organization_id, 'spend_anomaly', format('anomaly:%s:%s', n.key_id, date_trunc('hour', now())), n.key_id,
    jsonb_build_object('subject', k.name, 'spentUsd', usd_of(n.spent), 'usualUsd', usd_of(u.spent))
  FROM now_spent n JOIN usual u ON u.key_id = n.key_id JOIN keys k ON k.id = n.key_id
  WHERE n.spent > 10 * u.spent
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_found = ROW_COUNT;
  RETURN v_found;
END $$;
GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION warn_of_anomalies() OWNER TO stipend_ledger;
REVOKE ALL ON FUNCTION warn_of_anomalies() FROM public;
GRANT EXECUTE ON FUNCTION warn_of_anomalies() TO stipend_app;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
