-- Three roles share this database:
--   the migrator  owns the tables and runs the migrations (the role of DATABASE_URL);
--   stipend_app   what console and gateway connect as; sees one organization at a time;
--   stipend_ledger owns the functions below that must see across organizations, and nothing else.
-- The login role of this database is made by the start (lib/db/provision) as a member of stipend_app.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'stipend_app') THEN
    CREATE ROLE stipend_app NOLOGIN NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'stipend_ledger') THEN
    CREATE ROLE stipend_ledger NOLOGIN NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this cluster is being set up at the same moment
END $$;
-- Handing a function to stipend_ledger takes membership in it; Postgres 16 no longer grants it to the creator.
DO $$ BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT stipend_ledger TO %I', current_user);
  END IF;
END $$;

GRANT USAGE ON SCHEMA public TO stipend_app, stipend_ledger;
GRANT CREATE ON SCHEMA public TO stipend_ledger;

-- The tenant of the current transaction; null when none is set, and then no row matches.
CREATE FUNCTION current_organization_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('stipend.organization_id', true), '')::uuid;

-- The signed-in person of the current transaction, for what belongs to people and not to a tenant.
CREATE FUNCTION current_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('stipend.user_id', true), '')::uuid;

-- Tenant tables: the row's organization must be the transaction's.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'memberships', 'projects', 'keys', 'management_keys', 'providers', 'models', 'deployments', 'prices',
    'budgets', 'budget_counters', 'reservations', 'ledger_entries', 'requests', 'usage_hours', 'audit_events'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I TO stipend_app USING (organization_id = current_organization_id())', tenant_table);
    EXECUTE format('CREATE POLICY ledger ON %I TO stipend_ledger USING (true)', tenant_table);
  END LOOP;
END $$;

ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organizations TO stipend_app USING (id = current_organization_id());
CREATE POLICY ledger ON organizations TO stipend_ledger USING (true);

CREATE POLICY own ON organizations FOR SELECT TO stipend_app USING (
  EXISTS (SELECT FROM memberships m
          WHERE m.organization_id = organizations.id AND m.user_id = current_user_id() AND m.removed_at IS NULL)
);

-- A person sees the own memberships in every organization (the switcher needs them), and the own row.
CREATE POLICY own ON memberships FOR SELECT TO stipend_app USING (user_id = current_user_id());
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY colleagues ON users TO stipend_app USING (
  id = current_user_id()
  OR EXISTS (SELECT FROM memberships m WHERE m.user_id = users.id AND m.organization_id = current_organization_id())
);
CREATE POLICY ledger ON users TO stipend_ledger USING (true);
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON sessions TO stipend_app USING (user_id = current_user_id());
CREATE POLICY ledger ON sessions TO stipend_ledger USING (true);

-- What the console may do. The ledger's tables can only be read: its functions alone write them.
GRANT SELECT, INSERT, UPDATE ON organizations, users, memberships, projects, keys, management_keys, providers,
  models, deployments, budgets TO stipend_app;
GRANT SELECT, INSERT ON prices, audit_events TO stipend_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO stipend_app;
GRANT SELECT ON budget_counters, reservations, ledger_entries, requests, usage_hours TO stipend_app;
GRANT SELECT ON nodes TO stipend_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON installation, sign_in_attempts TO stipend_app;
GRANT USAGE ON SEQUENCE sign_in_attempts_id_seq TO stipend_app;

GRANT SELECT ON organizations, projects, keys, memberships, management_keys, users, sessions, models, deployments,
  prices, providers TO stipend_ledger;
GRANT SELECT ON budgets TO stipend_ledger;
GRANT SELECT, INSERT, UPDATE ON budget_counters, usage_hours TO stipend_ledger;
GRANT SELECT, INSERT, UPDATE, DELETE ON reservations, nodes TO stipend_ledger;
GRANT SELECT, INSERT ON ledger_entries, requests TO stipend_ledger;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO stipend_ledger;

-- Entries and audit events are append-only for everybody, the tables' owner included.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON prices
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE budgets ADD CONSTRAINT limit_not_negative CHECK (limit_nanos >= 0);
ALTER TABLE budget_counters ADD CONSTRAINT amounts_not_negative
  CHECK (limit_nanos >= 0 AND spent_nanos >= 0 AND reserved_nanos >= 0 AND overrun_nanos >= 0);
-- The promise itself: nothing is reserved or spent above the highest limit of the period, except what a vendor
-- reported beyond its reservation, which is kept apart as overrun.
ALTER TABLE budget_counters ADD CONSTRAINT never_over_the_cap
  CHECK (spent_nanos + reserved_nanos <= ceiling_nanos + overrun_nanos);
ALTER TABLE reservations ADD CONSTRAINT amount_not_negative CHECK (amount_nanos >= 0);
ALTER TABLE ledger_entries ADD CONSTRAINT cost_not_negative CHECK (kind = 'adjustment' OR cost_nanos >= 0);
CREATE UNIQUE INDEX one_closing_entry ON ledger_entries (request_id) WHERE kind <> 'adjustment';
CREATE INDEX ledger_entries_by_day ON ledger_entries USING brin (created_at);
CREATE UNIQUE INDEX models_name ON models (organization_id, name) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX providers_name ON providers (organization_id, name) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX projects_name ON projects (organization_id, name) WHERE archived_at IS NULL;

-- One partition of requests a day; what no partition covers lands in the default one, so no row is ever lost.
CREATE TABLE requests_default PARTITION OF requests DEFAULT;
CREATE FUNCTION ensure_request_partitions(first_day date, last_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  day date;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_request_partitions'));
  FOR day IN SELECT generate_series(first_day, last_day, '1 day')::date LOOP
    IF to_regclass(format('requests_%s', to_char(day, 'YYYYMMDD'))) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF requests FOR VALUES FROM (%L) TO (%L)',
        'requests_' || to_char(day, 'YYYYMMDD'), day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
    END IF;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION ensure_request_partitions FROM public;
GRANT EXECUTE ON FUNCTION ensure_request_partitions TO stipend_app;
SELECT ensure_request_partitions(CURRENT_DATE - 1, CURRENT_DATE + 3);

-- The start of the period that now lies in, by the calendar of the organization's time zone (weeks begin on Monday).
CREATE FUNCTION period_start_of(period budget_period, time_zone text, at timestamptz DEFAULT now()) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE period
  WHEN 'total' THEN 'epoch'::timestamptz
  ELSE date_trunc(period::text, at AT TIME ZONE time_zone) AT TIME ZONE time_zone
END;

-- When that period ends; null for a total budget.
CREATE FUNCTION period_end_of(period budget_period, time_zone text, at timestamptz DEFAULT now()) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE period
  WHEN 'total' THEN NULL
  ELSE (date_trunc(period::text, at AT TIME ZONE time_zone) + ('1 ' || period::text)::interval) AT TIME ZONE time_zone
END;
