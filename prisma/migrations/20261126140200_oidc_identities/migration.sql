-- People whom an OpenID Connect issuer vouches for.
CREATE TABLE "oidc_identities" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "oidc_identities_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "oidc_identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "oidc_identities_issuer_subject_key" ON "oidc_identities" ("issuer", "subject");
CREATE INDEX "oidc_identities_user_id_idx" ON "oidc_identities" ("user_id");

ALTER TABLE oidc_identities ENABLE ROW LEVEL SECURITY;
ALTER TABLE oidc_identities FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON oidc_identities TO stipend_app USING (user_id = current_user_id());
CREATE POLICY ledger ON oidc_identities TO stipend_ledger USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON oidc_identities TO stipend_app;
GRANT SELECT ON oidc_identities TO stipend_ledger;

-- Who this is; whoever comes from the issuer has not been told apart yet.
CREATE FUNCTION find_oidc_user(p_issuer text, p_subject text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT user_id FROM oidc_identities WHERE issuer = p_issuer AND subject = p_subject
$$;

-- Whether nothing opens this account yet, neither password nor device nor issuer: then an address is enough to join it.
CREATE FUNCTION is_open_account(p_user_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (SELECT FROM users WHERE id = p_user_id AND password_hash IS NULL)
    AND NOT EXISTS (SELECT FROM totp_factors WHERE user_id = p_user_id AND confirmed_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM passkeys WHERE user_id = p_user_id)
    AND NOT EXISTS (SELECT FROM oidc_identities WHERE user_id = p_user_id)
$$;

-- The organization that the settings name for people who are new.
CREATE FUNCTION find_organization_by_slug(p_slug text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT id FROM organizations WHERE slug = p_slug
$$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOR signature IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname = ANY (ARRAY['find_oidc_user', 'is_open_account', 'find_organization_by_slug'])
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO stipend_ledger', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO stipend_app', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
