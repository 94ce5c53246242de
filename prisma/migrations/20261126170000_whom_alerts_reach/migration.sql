-- Each budget warns where whoever set it wants to be warned.
ALTER TABLE "budgets" ADD COLUMN "warn_percents" SMALLINT[] NOT NULL DEFAULT '{50,80,95,100}';
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_warn_percents_check"
  CHECK (cardinality(warn_percents) <= 8 AND 1 <= ALL (warn_percents) AND 100 >= ALL (warn_percents));

CREATE FUNCTION next_alert_of(limit_nanos bigint, spent_nanos bigint, percents smallint[]) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT min(ceil(limit_nanos::numeric * threshold / 100))::bigint
  FROM unnest(percents) AS threshold
  WHERE limit_nanos > 0 AND spent_nanos::numeric * 100 < limit_nanos::numeric * threshold
);

-- As before, at the thresholds of the budget itself.
CREATE OR REPLACE FUNCTION warn_of_spend() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  v_limit bigint := limit_of(NEW.limit_nanos, NEW.raise_amounts, NEW.raise_ends);
  v_percents smallint[] := (SELECT warn_percents FROM budgets WHERE id = NEW.budget_id);
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
  FROM unnest(v_percents) AS threshold, budgets b JOIN organizations o ON o.id = b.organization_id
  WHERE b.id = NEW.budget_id AND v_limit > 0
    AND NEW.spent_nanos::numeric * 100 >= v_limit::numeric * threshold
  ON CONFLICT DO NOTHING;
  NEW.next_alert_nanos := next_alert_of(v_limit, NEW.spent_nanos, v_percents);
  RETURN NEW;
END $$;
DROP FUNCTION next_alert_of(bigint, bigint);
DROP FUNCTION alert_thresholds();

-- The running period follows at once: a threshold that is new and already passed is told of now.
CREATE FUNCTION carry_warn_percents() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE budget_counters SET limit_nanos = limit_nanos, next_alert_nanos = 0
  WHERE budget_id = NEW.id
    AND period_start = period_start_of(NEW.period, (SELECT time_zone FROM organizations WHERE id = NEW.organization_id));
  RETURN NULL;
END $$;
CREATE TRIGGER carry_warn_percents AFTER UPDATE OF warn_percents ON budgets FOR EACH ROW
  WHEN (NEW.warn_percents <> OLD.warn_percents) EXECUTE FUNCTION carry_warn_percents();

-- Beside the channels of an organization, people hear of what is theirs by mail.
ALTER TABLE "organizations" ADD COLUMN "mail_alerts" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "alert_deliveries" ALTER COLUMN "channel_id" DROP NOT NULL;
ALTER TABLE "alert_deliveries" ADD COLUMN "membership_id" UUID;
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_target_check"
  CHECK (num_nonnulls(channel_id, membership_id) = 1);
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_organization_id_membership_id_fkey"
  FOREIGN KEY ("organization_id", "membership_id") REFERENCES "memberships" ("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "alert_deliveries_alert_id_membership_id_key" ON "alert_deliveries" ("alert_id", "membership_id");

-- As before, and where mail can be sent to people as well: to whose key or budget it is, and to the owners what is
-- everybody's: budgets that are no single person's, and whatever else needs somebody.
DROP FUNCTION dispatch_alerts(int);
CREATE FUNCTION dispatch_alerts(p_most int, p_mails boolean DEFAULT false) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
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
  INSERT INTO alert_deliveries (organization_id, alert_id, membership_id)
  SELECT a.organization_id, a.id, s.id
  FROM alerts a
  JOIN organizations o ON o.id = a.organization_id
  LEFT JOIN keys k ON k.id = a.key_id
  LEFT JOIN budgets b ON b.id = a.budget_id
  LEFT JOIN memberships affected ON affected.organization_id = a.organization_id AND affected.removed_at IS NULL
    AND affected.id = CASE b.scope WHEN 'member' THEN b.scope_id ELSE k.membership_id END
  JOIN memberships s ON s.organization_id = a.organization_id AND s.removed_at IS NULL
    AND (s.id = affected.id OR s.role = 'owner' AND (affected.id IS NULL OR a.kind <> 'budget_threshold'))
  WHERE p_mails AND o.mail_alerts AND a.id = ANY (v_ids) AND NOT a.quiet
  ON CONFLICT DO NOTHING;
  UPDATE alerts SET dispatched_at = now() WHERE id = ANY (v_ids);
  RETURN coalesce(cardinality(v_ids), 0);
END $$;

DROP FUNCTION claim_deliveries(int, int);
CREATE FUNCTION claim_deliveries(p_most int, p_lease_seconds int)
RETURNS TABLE (id uuid, organization_id uuid, alert_id uuid, channel_id uuid, membership_id uuid, attempts smallint)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE alert_deliveries d SET attempts = d.attempts + 1, leased_until = now() + make_interval(secs => p_lease_seconds)
  WHERE d.id IN (
    SELECT w.id FROM alert_deliveries w
    WHERE w.state = 'waiting' AND w.due_at <= now() AND (w.leased_until IS NULL OR w.leased_until < now())
    ORDER BY w.due_at LIMIT p_most FOR UPDATE SKIP LOCKED)
  RETURNING d.id, d.organization_id, d.alert_id, d.channel_id, d.membership_id, d.attempts
$$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'dispatch_alerts(int, boolean)'::regprocedure, 'claim_deliveries(int, int)'::regprocedure] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO stipend_ledger', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO stipend_app', signature);
  END LOOP;
END $$;
ALTER FUNCTION carry_warn_percents() OWNER TO stipend_ledger;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
