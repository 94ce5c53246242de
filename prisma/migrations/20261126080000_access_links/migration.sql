-- One-time links by which members come in, and which browser a session belongs to.
ALTER TABLE "sessions" ADD COLUMN "user_agent" TEXT;

CREATE TABLE "access_links" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "key_id" UUID,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_links_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "access_links_membership_fkey" FOREIGN KEY ("organization_id", "membership_id")
      REFERENCES "memberships" ("organization_id", "id") ON DELETE CASCADE,
    CONSTRAINT "access_links_key_fkey" FOREIGN KEY ("key_id") REFERENCES "keys" ("id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "access_links_token_hash_key" ON "access_links" ("token_hash");
CREATE INDEX "access_links_organization_id_membership_id_idx" ON "access_links" ("organization_id", "membership_id");

ALTER TABLE access_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_links FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON access_links TO stipend_app USING (organization_id = current_organization_id());
CREATE POLICY ledger ON access_links TO stipend_ledger USING (true);
GRANT SELECT, INSERT, UPDATE ON access_links TO stipend_app;
GRANT SELECT ON access_links TO stipend_ledger;

-- Whether a person has, or had, a place in an organization besides this one: then no link of this one may set the
-- password, or else one organization could walk into another by it.
CREATE FUNCTION is_known_elsewhere(p_user_id uuid, p_organization_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (SELECT FROM memberships WHERE user_id = p_user_id AND organization_id <> p_organization_id)
$$;

-- The link that a token opens, as long as it does; who holds the token has no tenant yet.
CREATE FUNCTION find_access_link(p_hash bytea) RETURNS TABLE (
  id uuid, organization_id uuid, organization_name text, organization_slug text, membership_id uuid, role role,
  user_id uuid, email text, name text, key_id uuid, has_password boolean, known_elsewhere boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT l.id, o.id, o.name, o.slug, m.id, m.role, u.id, u.email, u.name, l.key_id, u.password_hash IS NOT NULL,
    is_known_elsewhere(u.id, o.id)
  FROM access_links l
  JOIN organizations o ON o.id = l.organization_id
  JOIN memberships m ON m.id = l.membership_id AND m.removed_at IS NULL
  JOIN users u ON u.id = l.user_id
  WHERE l.token_hash = p_hash AND l.used_at IS NULL AND l.revoked_at IS NULL AND l.expires_at > now()
$$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOR signature IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY (ARRAY['is_known_elsewhere', 'find_access_link'])
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO stipend_ledger', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO stipend_app', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
