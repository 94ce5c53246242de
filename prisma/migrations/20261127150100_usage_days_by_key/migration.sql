-- What keys have spent, day by day and by model, is read from this alone: half the work of reading the rows themselves.
CREATE INDEX "usage_days_organization_id_day_key_id_model_id_idx"
  ON "usage_days" ("organization_id", "day", "key_id", "model_id") INCLUDE ("cost_nanos");
