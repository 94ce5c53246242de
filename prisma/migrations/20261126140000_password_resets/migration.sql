-- Links by mail for who forgot the password, and which invitations went out by mail.
ALTER TABLE "access_links" ADD COLUMN "mailed_at" TIMESTAMPTZ(3);

CREATE TABLE "password_resets" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_resets_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "password_resets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "password_resets_token_hash_key" ON "password_resets" ("token_hash");
CREATE INDEX "password_resets_user_id_idx" ON "password_resets" ("user_id");

-- They belong to a person and to no organization.
ALTER TABLE password_resets ENABLE ROW LEVEL SECURITY;
ALTER TABLE password_resets FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON password_resets TO stipend_app USING (user_id = current_user_id());
CREATE POLICY ledger ON password_resets TO stipend_ledger USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON password_resets TO stipend_app;
GRANT SELECT ON password_resets TO stipend_ledger;

-- The person whom a token lets set a password, as long as it does; who holds it has not said who they are.
CREATE FUNCTION find_password_reset(p_hash bytea) RETURNS TABLE (id uuid, user_id uuid, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.id, u.id, u.email
  FROM password_resets r
  JOIN users u ON u.id = r.user_id
  WHERE r.token_hash = p_hash AND r.used_at IS NULL AND r.expires_at > now()
$$;

GRANT CREATE ON SCHEMA public TO stipend_ledger;
ALTER FUNCTION find_password_reset(bytea) OWNER TO stipend_ledger;
REVOKE ALL ON FUNCTION find_password_reset(bytea) FROM public;
GRANT EXECUTE ON FUNCTION find_password_reset(bytea) TO stipend_app;
REVOKE CREATE ON SCHEMA public FROM stipend_ledger;
