import type { DatabaseSync } from 'node:sqlite';
import { prepareAccept } from './accept.js';
import { prepareBatchReads } from './batches.js';
import { prepareClaim, prepareRestored } from './claim.js';
import { prepareKnowsSale } from './dependents.js';
import { prepareIndexLag, prepareIsIndexBehind, prepareUpdateIndex } from './entry-index.js';
import type { EntryTable } from './entry-table.js';
import { prepareEventLogReads, prepareEventLogWrites, prepareLastEvents } from './event-log.js';
import { prepareEventReaderWrites, prepareReaderReport, prepareReaderSettings } from './event-readers.js';
import { prepareEventOperations, prepareNextDelivery } from './events.js';
import { prepareFindEntries } from './find-entries.js';
import { prepareDeclareRestored, prepareHoldAccount, prepareIntervene } from './intervene.js';
import { prepareNewestSeal } from './journal-blocks.js';
import { prepareList } from './lists.js';
import {
  prepareFigures,
  prepareListStuck,
  prepareReads,
  prepareUnfinishedOf,
  prepareWaiting,
} from './reads.js';
import { prepareReceipts } from './receipts.js';
import { prepareHint, prepareMakeDueNow, prepareSettle } from './settle.js';

/** Prepares what is done within a transaction, each of one argument and the time. */
export function prepareWrites(database: DatabaseSync, table: EntryTable) {
  const events = prepareEventOperations(database);
  return {
    ...prepareAccept(database, table),
    claim: prepareClaim(database, table),
    settle: prepareSettle(database, table),
    makeDueNow: prepareMakeDueNow(database),
    hint: prepareHint(database, table),
    holdAccount: prepareHoldAccount(database, table),
    intervene: prepareIntervene(database, table),
    declareRestored: prepareDeclareRestored(database),
    subscribe: events.subscribe,
    claimDeliveries: events.claim,
    settleDelivery: events.settle,
    raise: events.raise,
    ...prepareEventLogWrites(database),
    ...prepareEventReaderWrites(database),
    updateIndex: prepareUpdateIndex(database),
  };
}

/** Prepares what may look at any number of entries, each of one argument and the time. */
export function prepareLists(database: DatabaseSync) {
  return {
    list: prepareList(database),
    stuck: prepareListStuck(database),
    ...prepareBatchReads(database),
    findEntries: prepareFindEntries(database),
    ...prepareReceipts(database),
    ...prepareEventLogReads(database),
  };
}

/** Prepares what only looks, each of one argument and the time. */
export function prepareQueries(database: DatabaseSync) {
  return {
    ...prepareReads(database),
    ...prepareLists(database),
    knowsSale: prepareKnowsSale(database),
    unfinishedOf: prepareUnfinishedOf(database),
    restored: prepareRestored(database),
    figures: prepareFigures(database),
    waiting: prepareWaiting(database),
    nextDeliveryInMs: prepareNextDelivery(database),
    lastEvents: prepareLastEvents(database),
    readerReport: prepareReaderReport(database),
    ...prepareReaderSettings(database),
    indexLag: prepareIndexLag(database),
    isIndexBehind: prepareIsIndexBehind(database),
    seal: prepareNewestSeal(database),
  };
}

export type Writes = ReturnType<typeof prepareWrites>;
export type Queries = ReturnType<typeof prepareQueries>;
export type Lists = ReturnType<typeof prepareLists>;
type Operations = Writes & Queries;

/**
 * All that can be asked of the tables. Arguments and answers are plain data, which can go to another thread.
 */
export type OperationName = keyof Operations;
/** What a reader is asked, beside whoever writes. */
export type ListName = keyof Lists;
export type Argument<Name extends OperationName> = Parameters<Operations[Name]>[0];
export type Answer<Name extends OperationName> = ReturnType<Operations[Name]>;
