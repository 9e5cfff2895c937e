import { acceptFunctions } from './accept-functions.js';
import { acceptTogetherFunction } from './accept-together-function.js';
import { acceptWithinFunction } from './accept-within-function.js';
import { accountFunctions } from './account-functions.js';
import { claimFunctions } from './claim-functions.js';
import { durableCommit } from './durable-commit.js';
import { entryIndex } from './entry-index.js';
import { eventFunctions } from './event-functions.js';
import { eventLog } from './event-log.js';
import { hintFunction } from './hint-function.js';
import { interveneFunction } from './intervene-function.js';
import { journalTables } from './journal-tables.js';
import { paymentFunctions } from './payment-functions.js';
import { queueFunctions } from './queue-functions.js';
import { settleFunction } from './settle-function.js';
import { tables } from './tables.js';
import { timelineFunctions } from './timeline-functions.js';

/**
 * How the functions that write are planned: once per connection, perhaps while the tables are still empty.
 * Only steps from index to index give a plan that stays right when they grow. They are never compiled: before
 * PostgreSQL 18, a scan that they avoid but need counts as so expensive that the server compiled the plan at
 * every call, which took a claim hundreds of milliseconds.
 */
const functionSettings = `
  DO $do$
  DECLARE
    planned regprocedure;
  BEGIN
    FOR planned IN
      SELECT oid FROM pg_proc
      WHERE pronamespace = (SELECT pronamespace FROM pg_proc WHERE oid = 'fiscalkit.clock'::regproc)
      AND 'plan_cache_mode=force_generic_plan' = ANY (proconfig)
    LOOP
      EXECUTE format('ALTER FUNCTION %s SET jit = off', planned);
      EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', planned);
      EXECUTE format('ALTER FUNCTION %s SET enable_bitmapscan = off', planned);
      EXECUTE format('ALTER FUNCTION %s SET enable_hashjoin = off', planned);
      EXECUTE format('ALTER FUNCTION %s SET enable_mergejoin = off', planned);
    END LOOP;
  END $do$;
`;

/**
 * The first published version of a ledger in PostgreSQL, for ever: a later one is a step of its own, which
 * only adds. A test pins its digest.
 */
export const version1 = [
  tables,
  journalTables,
  paymentFunctions,
  eventLog,
  entryIndex,
  eventFunctions,
  queueFunctions,
  acceptFunctions,
  acceptTogetherFunction,
  acceptWithinFunction,
  claimFunctions,
  settleFunction,
  interveneFunction,
  hintFunction,
  accountFunctions,
  durableCommit,
  timelineFunctions,
  functionSettings,
].join('\n');
