import { ledgerUnavailable } from '../errors.js';
import { prepareAcceptTogether } from './accept.js';
import { prepareClaim, prepareHint, prepareMakeDueNow } from './claim.js';
import { prepareEventOperations } from './events.js';
import {
  prepareDeclareRestored,
  prepareHoldAccount,
  prepareIntervene,
  prepareRestored,
} from './intervene.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { PostgresDatabase } from './postgres-database.js';
import {
  prepareFigures,
  prepareListStuck,
  prepareReads,
  prepareUnfinishedOf,
  prepareWaiting,
} from './reads.js';
import type { ServerTimeline } from './server-timeline.js';
import { prepareSeal } from './write-seals.js';

/** What the operations of a store work on. */
interface OperationDependencies {
  readonly database: PostgresDatabase;
  readonly names: SchemaNames;
  readonly timeline: ServerTimeline;
  /** What tells this process from others when it announces what it accepted. */
  readonly self: string;
}

/** Prepares what is asked of the database in calls of their own. */
export function prepareOperations({ names, database, timeline, self }: OperationDependencies) {
  return {
    acceptTogether: prepareAcceptTogether(names, database.run, self),
    claim: prepareClaim(names, database.run, timeline),
    makeDueNow: prepareMakeDueNow(names, database.run),
    hint: prepareHint(names, database.run, self),
    holdAccount: prepareHoldAccount(names, database.run, timeline),
    waiting: prepareWaiting(names, database.read),
    stuck: prepareListStuck(names, database.read),
    unfinishedOf: prepareUnfinishedOf(names, database.read),
    intervene: prepareIntervene(names, database.run, self),
    declareRestored: prepareDeclareRestored(names, database),
    restored: prepareRestored(names, database.read),
    seal: prepareSeal(names, database),
    figures: prepareFigures(names, database.read),
    checkWrites: prepareCheckWrites(database),
    events: prepareEventOperations(names, database),
    reads: prepareReads(names, database.read),
  };
}

/** Prepares the check that writes are taken: a standby, or a server that was set so, is read-only. */
function prepareCheckWrites(database: PostgresDatabase): () => Promise<void> {
  const setting = "SELECT current_setting('transaction_read_only') = 'on' AS refused";
  return async () => {
    const [answer] = await database.run<{ refused: boolean }>({ text: setting });
    if (answer?.refused) throw ledgerUnavailable(new Error('The database is read-only.'));
  };
}
