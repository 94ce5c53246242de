-- A reservation whose reply was lost may commit after its request was refused and written down. When its node dies before
-- it notices, nobody sent that request: what is held for it is given back, and it keeps the one row that it has.

-- Releases these reservations. Returns how many there were.
CREATE FUNCTION ledger_give_back(p_ids uuid[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_ids uuid[];
  v_counters bigint[];
BEGIN
  SELECT array_agg(request_id) INTO v_ids FROM (
    SELECT request_id FROM reservations WHERE request_id = ANY (p_ids) ORDER BY request_id FOR UPDATE
  ) held;
  IF v_ids IS NULL THEN
    RETURN 0;
  END IF;
  SELECT array_agg(counter_id) INTO v_counters
  FROM reservations CROSS JOIN LATERAL unnest(counter_ids) AS counter_id WHERE request_id = ANY (v_ids);
  PERFORM FROM budget_counters WHERE id = ANY (v_counters) ORDER BY id FOR UPDATE;
  WITH gone AS (
    DELETE FROM reservations WHERE request_id = ANY (v_ids) RETURNING *
  ), entered AS (
    INSERT INTO ledger_entries (request_id, organization_id, project_id, membership_id, key_id, model_id, kind,
      reserved_nanos, cost_nanos, counter_ids, reserved_at)
    SELECT request_id, organization_id, project_id, membership_id, key_id, model_id, 'release', amount_nanos, 0, counter_ids, created_at
    FROM gone
    WHERE NOT EXISTS (SELECT FROM ledger_entries e WHERE e.request_id = gone.request_id AND e.kind <> 'adjustment')
    ORDER BY request_id
  )
  UPDATE budget_counters n SET reserved_nanos = n.reserved_nanos - t.reserved
  FROM (
    SELECT counter_id, sum(amount_nanos)::bigint AS reserved
    FROM gone CROSS JOIN LATERAL unnest(counter_ids) AS counter_id GROUP BY counter_id
  ) t
  WHERE n.id = t.counter_id;
  RETURN cardinality(v_ids);
END $$;

-- Gives back what a living node does not know that it holds.
CREATE OR REPLACE FUNCTION ledger_drop_strays(p_node_id uuid, p_held uuid[], p_before timestamptz) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  SELECT ledger_give_back(ARRAY(
    SELECT request_id FROM reservations
    WHERE node_id = p_node_id AND created_at < p_before AND request_id <> ALL (p_held)))
$$;

CREATE OR REPLACE FUNCTION ledger_expire(p_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_ids uuid[];
  v_none uuid[];
  v_closed int;
BEGIN
  SELECT array_agg(request_id) INTO v_ids FROM (
    SELECT r.request_id FROM reservations r
    WHERE NOT EXISTS (SELECT FROM nodes n WHERE n.id = r.node_id AND n.lease_until > now())
    ORDER BY r.request_id LIMIT p_most FOR UPDATE SKIP LOCKED
  ) orphans;
  IF v_ids IS NULL THEN
    DELETE FROM nodes n WHERE n.lease_until < now() - interval '1 day'
      AND NOT EXISTS (SELECT FROM reservations r WHERE r.node_id = n.id);
    RETURN 0;
  END IF;
  PERFORM ledger_drop_ghosts(v_ids);
  -- Refused with a row of its own, while its reservation was on its way all the same: it was never sent.
  PERFORM ledger_give_back(ARRAY(
    SELECT r.request_id FROM reservations r
    WHERE r.request_id = ANY (v_ids) AND EXISTS (
      SELECT FROM requests q WHERE q.id = r.request_id
        AND q.created_at BETWEEN r.created_at - interval '1 day' AND r.created_at + interval '1 day')));
  -- In the order of ids, as the names of their models below.
  SELECT array_agg(request_id ORDER BY request_id) INTO v_ids FROM reservations WHERE request_id = ANY (v_ids);
  IF v_ids IS NULL THEN
    RETURN 1; -- nothing but ghosts, and there may be more orphans
  END IF;
  v_none := array_fill(NULL::uuid, ARRAY[cardinality(v_ids)]);
  SELECT count(*) INTO v_closed FROM ledger_close(
    v_ids, array_fill('expiry'::text, ARRAY[cardinality(v_ids)]), v_none, v_none, v_none, v_none, v_none,
    (SELECT array_agg(coalesce(m.name, '') ORDER BY r.request_id)
     FROM reservations r LEFT JOIN models m ON m.id = r.model_id WHERE r.request_id = ANY (v_ids)),
    v_none, v_none, v_none, array_fill('unknown'::text, ARRAY[cardinality(v_ids)]), array_fill(false, ARRAY[cardinality(v_ids)]),
    array_fill(500::smallint, ARRAY[cardinality(v_ids)]), array_fill('node_lost'::text, ARRAY[cardinality(v_ids)]),
    array_fill(NULL::int, ARRAY[cardinality(v_ids)]), array_fill(NULL::int, ARRAY[cardinality(v_ids)]),
    array_fill(NULL::int, ARRAY[cardinality(v_ids)]), array_fill(NULL::int, ARRAY[cardinality(v_ids)]),
    array_fill(NULL::int, ARRAY[cardinality(v_ids)]), array_fill(0::bigint, ARRAY[cardinality(v_ids)]),
    array_fill(true, ARRAY[cardinality(v_ids)]), array_fill(0, ARRAY[cardinality(v_ids)]),
    array_fill(NULL::int, ARRAY[cardinality(v_ids)]), array_fill(NULL::text, ARRAY[cardinality(v_ids)]),
    array_fill('[]'::text, ARRAY[cardinality(v_ids)]), array_fill(now(), ARRAY[cardinality(v_ids)])
  ) WHERE outcome = 'closed';
  RETURN v_closed;
END $$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION ledger_give_back OWNER TO stipend_ledger;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
REVOKE ALL ON FUNCTION ledger_give_back FROM public;
