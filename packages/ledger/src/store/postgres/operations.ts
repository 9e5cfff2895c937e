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
    events: prepareEventOperations(names, database),
    reads: prepareReads(names, database.read),
  };
}
