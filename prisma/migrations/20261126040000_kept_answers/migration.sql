-- Answers that vendors keep, for going on from them: found by the key that asked, and by no other.
CREATE TABLE "kept_answers" (
    "organization_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "deployment_id" UUID NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kept_answers_pkey" PRIMARY KEY ("organization_id","key_id","id")
);

CREATE INDEX "kept_answers_organization_id_kept_at_idx" ON "kept_answers"("organization_id", "kept_at");

ALTER TABLE "kept_answers" ADD CONSTRAINT "kept_answers_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE kept_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE kept_answers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON kept_answers TO stipend_app USING (organization_id = current_organization_id());
CREATE POLICY ledger ON kept_answers TO stipend_ledger USING (true);
GRANT SELECT, INSERT, DELETE ON kept_answers TO stipend_app;
