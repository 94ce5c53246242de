import { asOwner } from './as-owner.ts'
import type { TestDatabase } from './database.ts'

/** As if the database were lost at the first adjustment: a re-rating is written down and then cut off. */
export async function stopAdjustments(database: TestDatabase): Promise<void> {
  await asOwner(
    database,
    `CREATE FUNCTION stop_adjustments() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'lost'; END $$;
     CREATE TRIGGER stop_adjustments BEFORE INSERT ON ledger_entries FOR EACH ROW
       WHEN (NEW.kind = 'adjustment') EXECUTE FUNCTION stop_adjustments()`,
  )
}

export async function letAdjustments(database: TestDatabase): Promise<void> {
  await asOwner(database, 'DROP FUNCTION stop_adjustments CASCADE')
}
