-- A price that somebody chose for the past is no vendor's surprise: it pauses no key.
DROP TRIGGER pause_for_overrun ON ledger_entries;
CREATE TRIGGER pause_for_overrun AFTER INSERT ON ledger_entries FOR EACH ROW
  WHEN (NEW.overrun_nanos > 0 AND NEW.re_rating_id IS NULL) EXECUTE FUNCTION pause_for_overrun();
