import type { Entry, NewEntry } from '../../entry/entry.js';
import { acceptanceDetails } from '../../journal/details.js';
import { type AcceptedPlace, acceptedEntry, newEntryRow } from '../entry-row.js';
import type { AcceptOutcome } from '../ledger-store.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import { statement } from './statement.js';

/**
 * One row of the SQL function `accept`; `busy` when another transaction holds a name of the entry just now.
 */
export type AcceptRow =
  | ({ readonly kind: 'accepted' } & AcceptedPlace)
  | { readonly kind: 'replayed' | 'twin'; readonly sequence: number }
  | { readonly kind: 'conflict'; readonly sequence: number; readonly over: string }
  | { readonly kind: 'busy' };

/** Prepares the shared call that accepts entries. */
export function prepareAccept({ schema }: SchemaNames, run: RunStatement, sender: string) {
  const accept = statement(`SELECT * FROM ${schema}.accept($1, false, $2) ORDER BY place`);

  return (entries: readonly NewEntry[]): Promise<AcceptRow[]> =>
    run<AcceptRow>(accept, [JSON.stringify(entries.map(documentOfNewEntry)), sender]);
}

/** What accepting came to; `null` for an entry that was left out. `readEntry` reads who was there first. */
export async function acceptOutcome(
  entry: NewEntry,
  row: AcceptRow,
  readEntry: (sequence: number) => Promise<Entry | undefined>,
): Promise<AcceptOutcome | null> {
  if (row.kind === 'busy') return null;
  if (row.kind === 'accepted') return { kind: row.kind, entry: acceptedEntry(entry, row) };
  const first = await readEntry(row.sequence);
  if (!first) return null;
  return row.kind === 'conflict'
    ? { kind: row.kind, entry: first, over: row.over }
    : { kind: row.kind, entry: first };
}

/**
 * A new entry as the SQL function `accept` takes it. The document goes in as a text within the text, so that
 * the database keeps it letter by letter.
 */
export function documentOfNewEntry(entry: NewEntry): Readonly<Record<string, unknown>> {
  const row = newEntryRow(entry);
  return {
    ...row,
    claims: entry.uniqueKeys,
    position_names: positionNames(entry.document),
    business_time: entry.request.businessTime.toISOString(),
    body: Buffer.from(entry.request.body).toString('base64'),
    details: acceptanceDetails(row),
    on_twin: entry.onTwin,
  };
}

/** What `list` finds by position name. A name with U+0000, which the database can't hold, is not found. */
function positionNames({ positions }: NewEntry['document']): string[] {
  if (!Array.isArray(positions)) return [];
  return positions
    .map((position) => Object(position).name)
    .filter((name) => typeof name === 'string' && !name.includes('\0'));
}
