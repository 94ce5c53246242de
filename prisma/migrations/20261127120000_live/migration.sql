-- Every change by a person or a program is in the audit log: from there it is told to the pages that stand open, in the
-- transaction that made it. The requests of the gateway are told by the gateway, in bundles, beside the ledger.
CREATE FUNCTION announce_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('stipend_live', json_build_object('organizationId', organization_id, 'topic', 'changes')::text)
  FROM (SELECT DISTINCT organization_id FROM written) organizations;
  RETURN NULL;
END $$;

CREATE TRIGGER announce AFTER INSERT ON audit_events
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION announce_changes();
