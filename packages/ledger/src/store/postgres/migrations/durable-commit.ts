/**
 * What the ledger needs of the transactions in which it is written, whatever the server, the database or the
 * role sets.
 *
 * Only transactions of the store's own update deliveries: these are refused unless they are read committed,
 * because the functions rely on statements that see what was committed before them; and their commit is made
 * to wait for the disk.
 *
 * A caller's transaction is left as it was. What it accepts is queued for the trigger `commit_durably`, which
 * runs first thing in the commit: after the caller's last statement, and before the server decides whether to
 * wait. A deferred trigger costs each row some microseconds, so transactions of the store's own queue it only
 * where it is needed.
 */
export const durableCommit = `
  CREATE FUNCTION fiscalkit.commit_durably() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF current_setting('synchronous_commit') = 'off'
      OR current_setting('synchronous_commit') = 'local' AND current_setting('synchronous_standby_names') <> ''
    THEN PERFORM set_config('synchronous_commit', 'on', true); END IF;
    RETURN NULL;
  END $$;

  CREATE FUNCTION fiscalkit.check_own_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF current_setting('fiscalkit_ledger.within', true) = 'on' THEN RETURN NULL; END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'the ledger is written in read committed transactions' USING ERRCODE = 'FK001';
    END IF;
    IF current_setting('synchronous_commit') = 'off'
      OR current_setting('synchronous_commit') = 'local' AND current_setting('synchronous_standby_names') <> ''
    THEN PERFORM set_config('synchronous_commit', 'on', true); END IF;
    RETURN NULL;
  END $$;

  CREATE CONSTRAINT TRIGGER commit_durably AFTER INSERT ON fiscalkit.deliveries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (current_setting('synchronous_commit') = 'off'
      OR current_setting('synchronous_commit') = 'local' AND current_setting('synchronous_standby_names') <> ''
      OR current_setting('fiscalkit_ledger.within', true) = 'on')
    EXECUTE FUNCTION fiscalkit.commit_durably();
  CREATE TRIGGER check_own_transaction BEFORE UPDATE ON fiscalkit.deliveries
    EXECUTE FUNCTION fiscalkit.check_own_transaction();
  CREATE TRIGGER check_own_transaction BEFORE UPDATE OR DELETE ON fiscalkit.event_deliveries
    EXECUTE FUNCTION fiscalkit.check_own_transaction();
`;
