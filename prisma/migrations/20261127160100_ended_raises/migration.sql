-- The end of a raise is nobody's deed, so nothing was written at which a threshold could be seen to be crossed: a budget that
-- was at a quarter of its raised limit may be spent at the end of the raise, and its owner was not told.

CREATE INDEX budget_counters_raised ON budget_counters (budget_id) WHERE raise_ends IS NOT NULL;

-- Takes raises that are over off the counters of running periods, so that these warn of where they stand by the limit that
-- is left. What is admitted does not depend on it: there the clock decides. Returns how many counters.
CREATE FUNCTION warn_of_ended_raises() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_ids bigint[];
BEGIN
  SELECT array_agg(id) INTO v_ids FROM (
    SELECT c.id FROM budget_counters c
    JOIN budgets b ON b.id = c.budget_id AND b.archived_at IS NULL
    JOIN organizations o ON o.id = c.organization_id
    WHERE c.raise_ends IS NOT NULL AND c.period_start = period_start_of(b.period, o.time_zone)
      AND EXISTS (SELECT FROM unnest(c.raise_ends) AS until WHERE until <= now())
    ORDER BY c.id FOR UPDATE OF c
  ) over;
  UPDATE budget_counters c SET (raise_amounts, raise_ends) = (
    SELECT array_agg(amount ORDER BY until), array_agg(until ORDER BY until)
    FROM unnest(c.raise_amounts, c.raise_ends) AS r (amount, until) WHERE until > now())
  WHERE c.id = ANY (v_ids);
  RETURN coalesce(cardinality(v_ids), 0);
END $$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION warn_of_ended_raises() OWNER TO stipend_ledger;
REVOKE ALL ON FUNCTION warn_of_ended_raises() FROM public;
GRANT EXECUTE ON FUNCTION warn_of_ended_raises() TO stipend_app;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
