-- Closes a request that comes alone and holds a reservation: what ledger_close does for many, in the same order of locks
-- and without arrays, groups and joins. Null: there is no reservation of it, so ledger_close has to say what that means.
CREATE FUNCTION ledger_close_one(
  p_id uuid, p_kind text, p_organization_id uuid, p_project_id uuid, p_membership_id uuid, p_key_id uuid,
  p_model_id uuid, p_model text, p_provider_id uuid, p_deployment_id uuid, p_price_id uuid,
  p_dialect text, p_stream boolean, p_status smallint, p_error_code text,
  p_input_tokens int, p_cached_tokens int, p_cache_write_tokens int, p_output_tokens int, p_reasoning_tokens int,
  p_cost bigint, p_estimated boolean, p_latency_ms int, p_first_token_ms int, p_finish_reason text, p_attempts text,
  p_created_at timestamptz, p_units text
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
SET enable_bitmapscan = off AS $$
DECLARE
  v_held reservations;
  v_cost bigint;
  v_overrun bigint;
  v_is_new boolean;
BEGIN
  DELETE FROM reservations WHERE request_id = p_id RETURNING * INTO v_held;
  IF NOT FOUND THEN RETURN NULL; END IF;
  v_cost := CASE p_kind WHEN 'settlement' THEN p_cost ELSE 0 END;
  v_overrun := greatest(v_cost - v_held.amount_nanos, 0);

  INSERT INTO ledger_entries (request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
    reserved_nanos, cost_nanos, overrun_nanos, counter_ids, reserved_at)
  VALUES (p_id, v_held.organization_id, v_held.project_id, v_held.membership_id, v_held.key_id, v_held.model_id, p_kind::entry_kind,
    v_held.amount_nanos, v_cost, v_overrun, v_held.counter_ids, v_held.created_at);

  INSERT INTO requests (id, created_at, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
    deployment_id, price_id, dialect, stream, status, error_code, input_tokens, cached_tokens, cache_write_tokens,
    output_tokens, reasoning_tokens, cost_nanos, reserved_nanos, overrun_nanos, estimated, latency_ms, first_token_ms,
    finish_reason, attempts, units)
  VALUES (p_id, v_held.created_at, v_held.organization_id, v_held.project_id, v_held.membership_id, v_held.key_id, v_held.model_id,
    p_model, p_provider_id, p_deployment_id, p_price_id, p_dialect, p_stream, p_status, p_error_code, p_input_tokens, p_cached_tokens,
    p_cache_write_tokens, p_output_tokens, p_reasoning_tokens, v_cost, v_held.amount_nanos, v_overrun, p_estimated, p_latency_ms,
    p_first_token_ms, p_finish_reason, p_attempts::jsonb, p_units::jsonb)
  ON CONFLICT DO NOTHING;

  v_is_new := FOUND;

  -- By the index, and so in the order of ids, like all who lock counters.
  UPDATE budget_counters SET reserved_nanos = reserved_nanos - v_held.amount_nanos, spent_nanos = spent_nanos + v_cost,
    overrun_nanos = overrun_nanos + v_overrun
  WHERE id = ANY (v_held.counter_ids);

  IF v_is_new THEN
    INSERT INTO usage_hours AS h VALUES (date_trunc('hour', v_held.created_at), v_held.organization_id, v_held.project_id,
      coalesce(v_held.membership_id, '00000000-0000-0000-0000-000000000000'), v_held.key_id,
      coalesce(v_held.model_id, '00000000-0000-0000-0000-000000000000'), coalesce(p_provider_id, '00000000-0000-0000-0000-000000000000'),
      outcome_of(p_status, p_provider_id), 1, coalesce(p_input_tokens, 0), coalesce(p_cached_tokens, 0),
      coalesce(p_cache_write_tokens, 0), coalesce(p_output_tokens, 0), coalesce(p_reasoning_tokens, 0), v_cost, p_latency_ms)
    ON CONFLICT (organization_id, hour, project_id, membership_id, key_id, model_id, provider_id, outcome) DO UPDATE SET
      requests = h.requests + excluded.requests,
      input_tokens = h.input_tokens + excluded.input_tokens,
      cached_tokens = h.cached_tokens + excluded.cached_tokens,
      cache_write_tokens = h.cache_write_tokens + excluded.cache_write_tokens,
      output_tokens = h.output_tokens + excluded.output_tokens,
      reasoning_tokens = h.reasoning_tokens + excluded.reasoning_tokens,
      cost_nanos = h.cost_nanos + excluded.cost_nanos,
      latency_ms = h.latency_ms + excluded.latency_ms;
  END IF;
  RETURN 'closed';
END $$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION ledger_close_one OWNER TO stipend_ledger;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
REVOKE ALL ON FUNCTION ledger_close_one FROM public;
GRANT EXECUTE ON FUNCTION ledger_close_one TO stipend_app;
