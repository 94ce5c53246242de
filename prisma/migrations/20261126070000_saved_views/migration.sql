-- Questions to the usage explorer, by name. Who sees which is decided by the operation; the tenant by the row.
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "saved_views_organization_id_created_at_idx" ON "saved_views"("organization_id", "created_at");

ALTER TABLE saved_views ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_views FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON saved_views TO stipend_app USING (organization_id = current_organization_id());
CREATE POLICY ledger ON saved_views TO stipend_ledger USING (true);
GRANT SELECT, INSERT, DELETE ON saved_views TO stipend_app;
