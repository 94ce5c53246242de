-- What is paid by other things than tokens of text: its prices, and how much of it a request used.
ALTER TABLE "prices" ADD COLUMN "units" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "requests" ADD COLUMN "units" JSONB;

DROP FUNCTION ledger_close;

-- Ends requests: books what each cost, gives the rest back, and writes its entry, its row and its hour, all in the one
-- transaction. Kinds: settlement (cost counts), release (costs nothing), expiry (costs what was reserved) and record
-- (no reservation is known of; if there is one after all, it is released). Outcomes: closed | recorded | already closed (nothing was written).
CREATE FUNCTION ledger_close(
  p_ids uuid[], p_kinds text[], p_organization_ids uuid[], p_project_ids uuid[], p_membership_ids uuid[], p_key_ids uuid[],
  p_model_ids uuid[], p_models text[], p_provider_ids uuid[], p_deployment_ids uuid[], p_price_ids uuid[],
  p_dialects text[], p_streams boolean[], p_statuses smallint[], p_error_codes text[],
  p_input_tokens int[], p_cached_tokens int[], p_cache_write_tokens int[], p_output_tokens int[], p_reasoning_tokens int[],
  p_costs bigint[], p_estimated boolean[], p_latencies_ms int[], p_first_tokens_ms int[], p_finish_reasons text[], p_attempts text[],
  p_created_at timestamptz[], p_units text[] DEFAULT NULL
) RETURNS TABLE (ordinal int, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_counters bigint[];
BEGIN
  SELECT array_agg(counter_id) INTO v_counters
  FROM (SELECT counter_ids FROM reservations WHERE request_id = ANY (p_ids) ORDER BY request_id FOR UPDATE) locked
  CROSS JOIN LATERAL unnest(locked.counter_ids) AS counter_id;
  PERFORM FROM budget_counters WHERE id = ANY (v_counters) ORDER BY id FOR UPDATE;

  RETURN QUERY
  WITH item AS MATERIALIZED (
    SELECT * FROM unnest(
      p_ids, p_kinds, p_organization_ids, p_project_ids, p_membership_ids, p_key_ids, p_model_ids, p_models, p_provider_ids,
      p_deployment_ids, p_price_ids, p_dialects, p_streams, p_statuses, p_error_codes, p_input_tokens, p_cached_tokens,
      p_cache_write_tokens, p_output_tokens, p_reasoning_tokens, p_costs, p_estimated, p_latencies_ms, p_first_tokens_ms,
      p_finish_reasons, p_attempts, p_created_at, p_units
    ) WITH ORDINALITY AS t (
      id, kind, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
      deployment_id, price_id, dialect, stream, status, error_code, input_tokens, cached_tokens,
      cache_write_tokens, output_tokens, reasoning_tokens, cost, estimated, latency_ms, first_token_ms,
      finish_reason, attempts, created_at, units, i)
  ), gone AS (
    DELETE FROM reservations WHERE request_id = ANY (p_ids) RETURNING *
  ), closed AS MATERIALIZED (
    SELECT gone.*, CASE item.kind WHEN 'record' THEN 'release' ELSE item.kind END::entry_kind AS kind,
           CASE item.kind WHEN 'settlement' THEN item.cost WHEN 'expiry' THEN gone.amount_nanos ELSE 0 END AS cost
    FROM gone JOIN item ON item.id = gone.request_id
  ), entered AS (
    INSERT INTO ledger_entries (request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
      reserved_nanos, cost_nanos, overrun_nanos, counter_ids, reserved_at)
    SELECT request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
      amount_nanos, cost, greatest(cost - amount_nanos, 0), counter_ids, created_at
    FROM closed ORDER BY request_id
  ), counted AS (
    UPDATE budget_counters n
    SET reserved_nanos = n.reserved_nanos - t.reserved, spent_nanos = n.spent_nanos + t.spent, overrun_nanos = n.overrun_nanos + t.overrun
    FROM (
      SELECT counter_id, sum(amount_nanos)::bigint AS reserved, sum(cost)::bigint AS spent,
             sum(greatest(cost - amount_nanos, 0))::bigint AS overrun
      FROM closed CROSS JOIN LATERAL unnest(counter_ids) AS counter_id
      GROUP BY counter_id
    ) t
    WHERE n.id = t.counter_id
  ), rows AS (
    INSERT INTO requests (id, created_at, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
      deployment_id, price_id, dialect, stream, status, error_code, input_tokens, cached_tokens, cache_write_tokens,
      output_tokens, reasoning_tokens, cost_nanos, reserved_nanos, overrun_nanos, estimated, latency_ms, first_token_ms,
      finish_reason, attempts, units)
    SELECT item.id, coalesce(closed.created_at, item.created_at), coalesce(closed.organization_id, item.organization_id),
      coalesce(closed.project_id, item.project_id), coalesce(closed.membership_id, item.membership_id),
      coalesce(closed.key_id, item.key_id), coalesce(closed.model_id, item.model_id), item.model, item.provider_id,
      item.deployment_id, item.price_id, item.dialect, item.stream, item.status, item.error_code, item.input_tokens,
      item.cached_tokens, item.cache_write_tokens, item.output_tokens, item.reasoning_tokens,
      coalesce(closed.cost, 0), coalesce(closed.amount_nanos, 0), greatest(closed.cost - closed.amount_nanos, 0),
      item.estimated, item.latency_ms, item.first_token_ms, item.finish_reason, item.attempts::jsonb, item.units::jsonb
    FROM item LEFT JOIN closed ON closed.request_id = item.id
    WHERE closed.request_id IS NOT NULL OR item.kind = 'record'
    ON CONFLICT DO NOTHING
    RETURNING *
  ), summed AS (
    INSERT INTO usage_hours AS h (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome,
      requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
    SELECT date_trunc('hour', created_at), organization_id, project_id,
      coalesce(membership_id, '00000000-0000-0000-0000-000000000000'), key_id,
      coalesce(model_id, '00000000-0000-0000-0000-000000000000'), coalesce(provider_id, '00000000-0000-0000-0000-000000000000'),
      outcome_of(status, provider_id), count(*), coalesce(sum(input_tokens), 0), coalesce(sum(cached_tokens), 0),
      coalesce(sum(cache_write_tokens), 0), coalesce(sum(output_tokens), 0), coalesce(sum(reasoning_tokens), 0),
      sum(cost_nanos), sum(latency_ms)
    FROM rows
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    ORDER BY 2, 1, 3, 4, 5, 6, 7, 8
    ON CONFLICT (organization_id, hour, project_id, membership_id, key_id, model_id, provider_id, outcome) DO UPDATE SET
      requests = h.requests + excluded.requests,
      input_tokens = h.input_tokens + excluded.input_tokens,
      cached_tokens = h.cached_tokens + excluded.cached_tokens,
      cache_write_tokens = h.cache_write_tokens + excluded.cache_write_tokens,
      output_tokens = h.output_tokens + excluded.output_tokens,
      reasoning_tokens = h.reasoning_tokens + excluded.reasoning_tokens,
      cost_nanos = h.cost_nanos + excluded.cost_nanos,
      latency_ms = h.latency_ms + excluded.latency_ms
  )
  SELECT item.i::int,
         CASE WHEN closed.request_id IS NOT NULL THEN 'closed' WHEN item.kind = 'record' THEN 'recorded' ELSE 'already closed' END
  FROM item LEFT JOIN closed ON closed.request_id = item.id;
END $$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION ledger_close OWNER TO stipend_ledger;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
REVOKE ALL ON FUNCTION ledger_close FROM public;
GRANT EXECUTE ON FUNCTION ledger_close TO stipend_app;
