-- What members ask for beyond their budgets, and what came of it.
CREATE TABLE "budget_asks" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "key_id" UUID NOT NULL,
  "membership_id" UUID,
  "amount_nanos" BIGINT NOT NULL,
  "purpose" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'open',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "decided_at" TIMESTAMPTZ(3),
  "decided_by" UUID,
  "actor" TEXT,
  "note" TEXT,
  "budget_id" UUID,
  "granted_nanos" BIGINT,
  "until" TIMESTAMPTZ(3),

  CONSTRAINT "budget_asks_pkey" PRIMARY KEY ("id"),
  CONSTRAINT amount_positive CHECK (amount_nanos > 0),
  CONSTRAINT known_status CHECK (status IN ('open', 'approved', 'declined')),
  CONSTRAINT decided CHECK ((status = 'open') = (decided_at IS NULL))
);
CREATE INDEX "budget_asks_organization_id_created_at_idx" ON "budget_asks" ("organization_id", "created_at" DESC);
CREATE INDEX "budget_asks_key_id_idx" ON "budget_asks" ("key_id");
-- One open ask a key; and the count of those that wait costs nothing.
CREATE UNIQUE INDEX one_open_ask ON budget_asks (organization_id, key_id) WHERE status = 'open';
CREATE UNIQUE INDEX "keys_organization_id_id_key" ON "keys" ("organization_id", "id");
ALTER TABLE "budget_asks" ADD CONSTRAINT "budget_asks_organization_id_key_id_fkey"
  FOREIGN KEY ("organization_id", "key_id") REFERENCES "keys" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE budget_asks ENABLE ROW LEVEL SECURITY;
ALTER TABLE budget_asks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON budget_asks TO stipend_app USING (organization_id = current_organization_id());
CREATE POLICY ledger ON budget_asks TO stipend_ledger USING (true);
GRANT SELECT, INSERT ON budget_asks TO stipend_app;
GRANT UPDATE (status, decided_at, decided_by, actor, note, budget_id, granted_nanos, until) ON budget_asks TO stipend_app;
