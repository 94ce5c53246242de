-- A budget that comes back, as those of a member who is reinstated do, counts what its scope has spent while it bound nobody,
-- and what is in flight. It is not to be spent anew because a period has begun in the meantime.

-- As before, and for a budget that comes back: what is missing in the counter of the running period is added to what it
-- opened with.
CREATE OR REPLACE FUNCTION open_counter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_start timestamptz := period_start_of(NEW.period, (SELECT time_zone FROM organizations WHERE id = NEW.organization_id));
  v_hour timestamptz := date_trunc('hour', v_start + interval '59 minutes 59.999999 seconds');
  v_spent bigint;
  v_held uuid[];
  v_reserved bigint;
  v_counter_id bigint := (SELECT id FROM budget_counters WHERE budget_id = NEW.id AND period_start = v_start);
BEGIN
  SELECT array_agg(request_id), coalesce(sum(amount_nanos), 0) INTO v_held, v_reserved
  FROM (
    SELECT r.request_id, r.amount_nanos FROM reservations r
    WHERE r.organization_id = NEW.organization_id AND r.created_at >= v_start
      AND (v_counter_id IS NULL OR NOT v_counter_id = ANY (r.counter_ids))
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
  IF v_counter_id IS NULL THEN
    INSERT INTO budget_counters (organization_id, budget_id, period_start, limit_nanos, ceiling_nanos, opening_nanos, spent_nanos, reserved_nanos)
    VALUES (NEW.organization_id, NEW.id, v_start, NEW.limit_nanos, NEW.limit_nanos, v_spent, v_spent, v_reserved)
    RETURNING id INTO v_counter_id;
  ELSE
    UPDATE budget_counters SET
      opening_nanos = opening_nanos + greatest(v_spent - spent_nanos, 0),
      spent_nanos = greatest(v_spent, spent_nanos),
      reserved_nanos = reserved_nanos + v_reserved,
      ceiling_nanos = greatest(ceiling_nanos, greatest(v_spent, spent_nanos) + reserved_nanos + v_reserved - overrun_nanos)
    WHERE id = v_counter_id;
  END IF;
  UPDATE reservations SET counter_ids = counter_ids || v_counter_id WHERE request_id = ANY (v_held);
  RETURN NULL;
END $$;
CREATE TRIGGER reopen_counter AFTER UPDATE OF archived_at ON budgets FOR EACH ROW
  WHEN (OLD.archived_at IS NOT NULL AND NEW.archived_at IS NULL) EXECUTE FUNCTION open_counter();
