-- Charging again what a re-rating had given back. The money may have been spent in between, so it need not be there any more:
-- then all of the difference is overrun, as with any dearer past, and is taken back by the next one that makes it cheaper.

-- Charges a batch of requests by the price of a re-rating, in the one transaction: an adjustment of each, its budgets, its
-- row and its hour. A request whose cost is not p_old any more, or that was done before, is left out, so that a batch can be
-- sent again. What costs more may go beyond a limit that is spent: that part counts as overrun, and goes back with it.
-- Returns how many were done.
CREATE OR REPLACE FUNCTION ledger_re_rate(p_re_rating_id uuid, p_ids uuid[], p_created_at timestamptz[], p_old bigint[], p_new bigint[])
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

  WITH asked AS MATERIALIZED (
    SELECT r.*, e.id AS entry_id, e.counter_ids, e.reserved_at, asked.new_cost - asked.old_cost AS change,
      CASE WHEN asked.new_cost < asked.old_cost THEN greatest(asked.new_cost - asked.old_cost, -before.overrun)
        -- What it was charged before any re-rating is no overrun, where that is still there to be spent.
        ELSE greatest(asked.new_cost - e.cost_nanos - before.cost, 0) - greatest(asked.old_cost - e.cost_nanos - before.cost, 0)
      END AS overrun
    FROM unnest(p_ids, p_created_at, p_old, p_new) AS asked (id, created_at, old_cost, new_cost)
    JOIN requests r ON r.id = asked.id AND r.created_at = asked.created_at
      AND r.organization_id = v_re_rating.organization_id AND r.cost_nanos = asked.old_cost
      AND r.price_id IS DISTINCT FROM v_re_rating.price_id
    JOIN ledger_entries e ON e.request_id = r.id AND e.kind <> 'adjustment'
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(a.cost_nanos) FILTER (WHERE a.re_rating_id IS NULL), 0)::bigint AS cost,
        coalesce(sum(a.overrun_nanos) FILTER (WHERE a.re_rating_id IS NOT NULL), 0)::bigint AS overrun
      FROM ledger_entries a WHERE a.request_id = r.id AND a.kind = 'adjustment'
    ) before
  ), overfull AS MATERIALIZED (
    -- What an earlier re-rating gave back may have been spent since.
    SELECT coalesce(array_agg(n.id), '{}') AS ids FROM budget_counters n JOIN (
      SELECT counter_id, sum(change) AS change, sum(overrun) AS overrun
      FROM asked CROSS JOIN LATERAL unnest(counter_ids) AS counter_id GROUP BY counter_id
    ) t ON t.counter_id = n.id
    WHERE n.spent_nanos + n.reserved_nanos + t.change > n.ceiling_nanos + n.overrun_nanos + t.overrun
  ), rated AS MATERIALIZED (
    SELECT asked.id, asked.created_at, asked.project_id, asked.membership_id, asked.key_id, asked.model_id, asked.provider_id,
      asked.status, asked.entry_id, asked.counter_ids, asked.change,
      CASE WHEN asked.change > 0 AND asked.counter_ids && overfull.ids THEN asked.change ELSE asked.overrun END AS overrun
    FROM asked CROSS JOIN overfull
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
