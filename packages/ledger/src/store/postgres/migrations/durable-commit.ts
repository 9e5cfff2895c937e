import { sqlStates } from '../errors.js';

/**
 * The condition that a commit of this transaction could be answered before it is on disk. Where standbys are
 * to confirm commits, `local` asks for less than the operator of the server set up.
 */
export const commitsEarly = `(
    current_setting('synchronous_commit') = 'off'
    OR current_setting('synchronous_commit') = 'local' AND current_setting('synchronous_standby_names') <> ''
  )`;

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
export const durableCommit = (schema: string) => `
  CREATE OR REPLACE FUNCTION ${schema}.commit_durably() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF ${commitsEarly} THEN PERFORM set_config('synchronous_commit', 'on', true); END IF;
    RETURN NULL;
  END $$;

  CREATE OR REPLACE FUNCTION ${schema}.check_own_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF current_setting('fiscalkit.within', true) = 'on' THEN RETURN NULL; END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'the ledger is written in read committed transactions' USING ERRCODE = '${sqlStates.isolation}';
    END IF;
    IF ${commitsEarly} THEN PERFORM set_config('synchronous_commit', 'on', true); END IF;
    RETURN NULL;
  END $$;

  DROP TRIGGER IF EXISTS commit_durably ON ${schema}.deliveries;
  CREATE CONSTRAINT TRIGGER commit_durably AFTER INSERT ON ${schema}.deliveries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (${commitsEarly} OR current_setting('fiscalkit.within', true) = 'on')
    EXECUTE FUNCTION ${schema}.commit_durably();
  CREATE OR REPLACE TRIGGER check_own_transaction BEFORE UPDATE ON ${schema}.deliveries
    EXECUTE FUNCTION ${schema}.check_own_transaction();
  CREATE OR REPLACE TRIGGER check_own_transaction BEFORE UPDATE OR DELETE ON ${schema}.event_deliveries
    EXECUTE FUNCTION ${schema}.check_own_transaction();
`;
