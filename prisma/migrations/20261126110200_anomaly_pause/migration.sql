-- Whoever wants it has a key stopped in the hour in which it begins to spend unlike itself.
ALTER TABLE "organizations" ADD COLUMN "pause_on_anomaly" BOOLEAN NOT NULL DEFAULT false;

-- As before, and where the organization wants it the key is paused. Only whoever is told of the first time: a key that
-- somebody has looked at and resumed runs on.
CREATE OR REPLACE FUNCTION warn_of_anomalies() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
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
  ), told AS (
    INSERT INTO alerts (organization_id, kind, occasion, key_id, facts)
    SELECT n.organization_id, 'spend_anomaly', format('anomaly:%s:%s', n.key_id, date_trunc('hour', now())), n.key_id,
      jsonb_build_object('subject', k.name, 'spentUsd', usd_of(n.spent), 'usualUsd', usd_of(u.spent),
        'paused', o.pause_on_anomaly AND k.paused_at IS NULL)
    FROM now_spent n JOIN usual u ON u.key_id = n.key_id JOIN keys k ON k.id = n.key_id
    JOIN organizations o ON o.id = n.organization_id
    WHERE n.spent > 10 * u.spent
    ON CONFLICT DO NOTHING
    RETURNING key_id, (facts ->> 'paused')::boolean AS pauses
  ), paused AS (
    UPDATE keys k SET paused_at = now(), pause_reason = 'Paused by Stipend: it spent ten times what is usual for it within an hour'
    FROM told WHERE k.id = told.key_id AND told.pauses
  )
  SELECT count(*) INTO v_found FROM told;
  RETURN v_found;
END $$;
