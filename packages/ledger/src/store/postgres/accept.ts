import { setTimeout as delay } from 'node:timers/promises';
import type { Entry, NewEntry } from '../../entry/entry.js';
import { acceptanceDetails } from '../../journal/details.js';
import { type AcceptedPlace, acceptedEntry, newEntryRow } from '../entry-row.js';
import { paymentBusy } from '../errors.js';
import type { AcceptOutcome, AcceptTogetherOutcome, EntriesOfPayment } from '../ledger-store.js';
import { positionNamesOf } from '../search-hashes.js';
import { entryNumbers } from './entry-numbers.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import { statement } from './statement.js';

/**
 * One row of the SQL functions that accept; `busy` when another transaction holds a name of the entry just now.
 */
export type AcceptRow =
  | ({ readonly kind: 'accepted' } & AcceptedPlace)
  | { readonly kind: 'replayed' | 'twin'; readonly sequence: number }
  | { readonly kind: 'conflict'; readonly sequence: number; readonly over: string }
  | { readonly kind: 'busy' };

/**
 * Prepares the shared call that accepts entries: all together where that is plain, as it nearly always is,
 * otherwise one by one. See the SQL functions.
 */
export function prepareAccept({ schema }: SchemaNames, run: RunStatement, sender: string) {
  const places = Array.from({ length: 30 }, (_, index) => `$${index + 1}`).join(', ');
  const acceptGroup = statement(`SELECT * FROM ${schema}.accept_group(${places}) ORDER BY place`);
  const acceptEach = statement(`SELECT * FROM ${schema}.accept_each($1, false, $2) ORDER BY place`);

  return async (entries: readonly NewEntry[]): Promise<AcceptRow[]> => {
    const rows = isOnePaymentEach(entries)
      ? await run<AcceptRow>(acceptGroup, [sender, ...groupColumns(entries)])
      : [];
    return rows.length > 0
      ? rows
      : run<AcceptRow>(acceptEach, [JSON.stringify(entries.map(documentOfNewEntry)), sender]);
  };
}

/** Row of the SQL function that accepts all or none. */
export type AcceptTogetherRow = AcceptRow | { readonly kind: 'outdated' };

/** Prepares the call that accepts the entries of one payment together, or none of them. */
export function prepareAcceptTogether({ schema }: SchemaNames, run: RunStatement, sender: string) {
  const acceptTogether = statement(`SELECT ${schema}.accept_together($1, $2, $3)::text AS rows`);

  return async ({ entries, newestSequence }: EntriesOfPayment): Promise<AcceptTogetherRow[]> => {
    const documents = JSON.stringify(entries.map(documentOfNewEntry));
    const [answer] = await run<{ rows: string }>(acceptTogether, [documents, newestSequence, sender]);
    return answer ? JSON.parse(answer.rows) : [];
  };
}

/**
 * Whether no entry can be the twin or the sale of another: those of a group do not see each other. Mostly their
 * ordering key tells, but the account is part of that.
 */
function isOnePaymentEach(entries: readonly NewEntry[]): boolean {
  const payments = entries.map(({ merchant, operation, facets }) =>
    JSON.stringify([merchant, operation, facets.paymentId]),
  );
  return new Set(payments).size === entries.length;
}

/** A group of entries as the SQL function `accept_group` takes it, column by column. */
function groupColumns(entries: readonly NewEntry[]): unknown[] {
  const rows = entries.map((entry) => ({ ...newEntryRow(entry), ...entryNumbers(entry), entry }));
  const column = (value: (row: (typeof rows)[number]) => unknown) => rows.map(value);
  const contents = rows.flatMap(({ document, body }) => [Buffer.from(document), body]);
  const lengths = contents.map(({ byteLength }) => byteLength);
  let end = 1;
  return [
    rows.flatMap(({ locks }) => locks),
    column(({ key }) => key),
    column(({ queue }) => queue),
    column(({ sale }) => sale),
    column(({ awaited }) => awaited),
    column(({ id }) => id),
    column(({ merchant }) => merchant),
    column(({ provider }) => provider),
    column(({ account }) => account),
    column(({ operation }) => operation),
    column((row) => row.operation_type),
    column((row) => row.depends_on),
    column((row) => row.payment_id),
    column((row) => row.ordering_key),
    column((row) => row.idempotency_key),
    column((row) => row.content_digest),
    column(({ claims }) => claims),
    rows.flatMap(({ entry }) => uniqueKeys(entry)),
    rows.flatMap(({ entry }, index) => uniqueKeys(entry).map(() => index + 1)),
    column(({ id, reference }) => (reference === id ? null : reference)),
    column((row) => row.total_minor),
    column((row) => row.business_time),
    column(({ entry }) => positionLines(positionNamesOf(entry.document))),
    column(({ entry }) => entry.onTwin !== undefined),
    column(acceptanceDetails),
    Buffer.concat(contents),
    lengths
      .filter((_, index) => index % 2 === 0)
      .map((length, index) => {
        const start = end;
        end += length + (lengths[2 * index + 1] ?? 0);
        return start;
      }),
    lengths.filter((_, index) => index % 2 === 0),
    lengths.filter((_, index) => index % 2 === 1),
  ];
}

function uniqueKeys({ uniqueKeys }: NewEntry): string[] {
  return [...new Set(uniqueKeys)];
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

/** What accepting several together came to; `null` where a name of one is held. */
export async function acceptTogetherOutcomes(
  { entries }: EntriesOfPayment,
  rows: readonly AcceptTogetherRow[],
  readEntry: (sequence: number) => Promise<Entry | undefined>,
): Promise<readonly AcceptTogetherOutcome[] | null> {
  const outcomes = await Promise.all(
    entries.map(async (entry, index) => {
      const row = rows[index] ?? { kind: 'busy' };
      return row.kind === 'outdated' ? row : acceptOutcome(entry, row, readEntry);
    }),
  );
  return outcomes.every((outcome) => outcome !== null) ? outcomes : null;
}

/** How long an accept waits between two looks at names that are held, in milliseconds. */
const retryMs = 10;

/** Tries again while another transaction holds a name; throws `payment.busy` when that takes too long. */
export async function untilFree<Outcome>(
  waitMs: number,
  accept: () => Promise<Outcome | null>,
): Promise<Outcome> {
  const lastTryAt = performance.now() + waitMs;
  for (;;) {
    const outcome = await accept();
    if (outcome !== null) return outcome;
    if (performance.now() > lastTryAt) throw paymentBusy();
    await delay(retryMs);
  }
}

/**
 * A new entry as the SQL functions `accept_each` and `accept_within` take it. The document goes in as a text within the text, so that
 * the database keeps it letter by letter.
 */
export function documentOfNewEntry(entry: NewEntry): Readonly<Record<string, unknown>> {
  const row = newEntryRow(entry);
  const { key, queue, sale, awaited, locks } = entryNumbers(entry);
  return {
    ...row,
    key,
    queue: String(queue),
    sale: sale?.toString(),
    awaited: awaited?.toString(),
    locks: locks.map(String),
    reference: row.reference === row.id ? null : row.reference,
    unique_keys: entry.uniqueKeys,
    position_names: positionLines(positionNamesOf(entry.document)),
    body: Buffer.from(entry.request.body).toString('base64'),
    details: acceptanceDetails(row),
    on_twin: entry.onTwin,
  };
}

/** Names of positions as `list` finds them: each as JSON, which has no line break, between line breaks. */
export function positionLines(names: readonly string[]): string {
  return `\n${names.map((name) => `${JSON.stringify(name)}\n`).join('')}`;
}
