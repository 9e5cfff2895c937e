import { acceptFunction } from './accept-function.js';
import { claimFunction, queueFunctions } from './claim-function.js';
import { eventFunctions } from './event-functions.js';
import { eventTables } from './event-tables.js';
import { journalTables } from './journal-tables.js';
import { readingViews } from './reading-views.js';
import type { SchemaNames } from './schema-names.js';
import { settleFunction } from './settle-function.js';
import { tables } from './tables.js';

/** The first version of the ledger in PostgreSQL. */
export function version1({ schema, channel }: SchemaNames): string {
  return [
    tables(schema),
    journalTables(schema),
    readingViews(schema),
    eventTables(schema),
    eventFunctions(schema, channel),
    acceptFunction(schema, channel),
    queueFunctions(schema),
    claimFunction(schema),
    settleFunction(schema),
  ].join('\n');
}
