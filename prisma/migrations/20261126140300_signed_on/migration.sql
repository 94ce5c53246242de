-- Who came in by an issuer has no password and has come in all the same.
ALTER TABLE "users" ADD COLUMN "signed_on_at" TIMESTAMPTZ(3);
UPDATE users SET signed_on_at = i.created_at FROM oidc_identities i WHERE i.user_id = users.id;

-- As before, but an account that an issuer or a device opens is its person's own, too: no link that hands over a key sets
-- a password for it.
CREATE OR REPLACE FUNCTION find_access_link(p_hash bytea) RETURNS TABLE (
  id uuid, organization_id uuid, organization_name text, organization_slug text, membership_id uuid, role role,
  user_id uuid, email text, name text, key_id uuid, has_password boolean, known_elsewhere boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT l.id, o.id, o.name, o.slug, m.id, m.role, u.id, u.email, u.name, l.key_id, NOT is_open_account(u.id),
    is_known_elsewhere(u.id, o.id)
  FROM access_links l
  JOIN organizations o ON o.id = l.organization_id
  JOIN memberships m ON m.id = l.membership_id AND m.removed_at IS NULL
  JOIN users u ON u.id = l.user_id
  WHERE l.token_hash = p_hash AND l.used_at IS NULL AND l.revoked_at IS NULL AND l.expires_at > now()
$$;
