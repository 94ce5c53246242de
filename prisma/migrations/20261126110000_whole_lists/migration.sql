-- A list that nobody filled is empty, not unknown: what reads it need not ask.
UPDATE keys SET allowed_ips = coalesce(allowed_ips, '{}'), tags = coalesce(tags, '{}'),
  allowed_model_ids = coalesce(allowed_model_ids, '{}')
WHERE allowed_ips IS NULL OR tags IS NULL OR allowed_model_ids IS NULL;
UPDATE projects SET allowed_model_ids = '{}' WHERE allowed_model_ids IS NULL;
UPDATE models SET fallback_ids = '{}' WHERE fallback_ids IS NULL;

ALTER TABLE "keys"
  ALTER COLUMN "allowed_ips" SET DEFAULT ARRAY[]::TEXT[], ALTER COLUMN "allowed_ips" SET NOT NULL,
  ALTER COLUMN "tags" SET DEFAULT ARRAY[]::TEXT[], ALTER COLUMN "tags" SET NOT NULL,
  ALTER COLUMN "allowed_model_ids" SET DEFAULT ARRAY[]::UUID[], ALTER COLUMN "allowed_model_ids" SET NOT NULL;
ALTER TABLE "projects"
  ALTER COLUMN "allowed_model_ids" SET DEFAULT ARRAY[]::UUID[], ALTER COLUMN "allowed_model_ids" SET NOT NULL;
ALTER TABLE "models"
  ALTER COLUMN "fallback_ids" SET DEFAULT ARRAY[]::UUID[], ALTER COLUMN "fallback_ids" SET NOT NULL;
