import type { Entry } from '../../entry/entry.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { EntryQuery } from '../ledger-store.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';

type Filter = readonly [condition: (place: string) => string, value: unknown];

/** Reads a page of a merchant's entries, newest first. */
export async function listEntries(
  { schema }: SchemaNames,
  read: RunStatement,
  query: EntryQuery,
): Promise<Entry[]> {
  const asked = filtersOf(query).filter(([, value]) => value !== undefined);
  const conditions = asked.map(([condition], index) => condition(`$${index + 3}`)).join(' AND ');
  const values = [query.limit, query.offset, ...asked.map(([, value]) => value)];
  const text = `SELECT * FROM ${schema}.entry_rows WHERE ${conditions}
    ORDER BY raw_accepted_at DESC, raw_sequence DESC LIMIT $1 OFFSET $2`;
  return (await read<EntryRow>({ text }, values)).map(entryOfRow);
}

function filtersOf(query: EntryQuery): readonly Filter[] {
  return [
    [(place) => `merchant = ${place}`, query.merchant],
    [(place) => `operation = ${place}`, query.operation],
    [(place) => `raw_accepted_at >= ${place}::timestamptz`, query.acceptedFrom?.toISOString()],
    [(place) => `raw_accepted_at < ${place}::timestamptz`, query.acceptedBefore?.toISOString()],
    [(place) => `payment_id = ${place}`, query.paymentId],
    [(place) => `operation_type = ${place}`, query.operationType],
    [(place) => `state = ANY (${place})`, query.states],
    [(place) => `total_minor = ${place}`, query.totalMinor],
    [(place) => `${place} = ANY (position_names)`, query.positionName],
  ];
}
