import type { ListedEntry } from '../entry/entry.js';
import { objectOfEntry } from '../entry/receipt-of-entry.js';
import { type EntryRow, UnreadDocument } from './entry-row.js';
import { listTimeout } from './errors.js';
import type { EntryQuery } from './ledger-store.js';

/** Longest search for the next entries, in milliseconds. */
const mostMs = 30_000;

/** A position in a merchant's lists, newest first, by time of acceptance and then by sequence. */
export interface ListPosition {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly acceptedAt: number;
  readonly sequence: number;
}

/** A slice to read: at most `limit` entries behind the position, after leaving out `offset` matching ones. */
export interface ListSlice {
  readonly query: EntryQuery;
  readonly behind: ListPosition;
  /** Whether few of the entries before matched, and an index names those that do. */
  readonly isSparse?: boolean;
}

/** Where a slice ended: it may be before its limit, because its time was over or its entries are large. */
interface SliceEnd {
  /** Number of matching entries that were left out. */
  readonly skipped: number;
  /** Position behind which the next slice begins; `null` when nothing is behind it. */
  readonly next: ListPosition | null;
}

/** A slice that was read. */
export interface ListedSlice extends SliceEnd {
  readonly rows: readonly ListedRow[];
}

/** A slice as JSON, serialised where it was read. */
export interface SerializedSlice extends SliceEnd {
  /** Number of receipts. */
  readonly count: number;
  /** One receipt after the other with commas between them, in UTF-8. */
  readonly serialized: Uint8Array;
}

/** Reads a list slice by slice, and yields the entries of each. Throws as `serializeInSlices`. */
export async function* listInSlices(
  query: EntryQuery,
  read: (slice: ListSlice) => Promise<ListedSlice>,
): AsyncGenerator<readonly ListedEntry[], void, undefined> {
  for await (const { rows } of slicesOf(query, { read, countOf: (slice) => slice.rows.length })) {
    yield rows.map(listedEntryOfRow);
  }
}

/**
 * Reads a list slice by slice, and yields the JSON of each. Throws a `FiscalError` with code `lists.timeout`
 * when nothing was found for too long, and more may follow.
 */
export async function* serializeInSlices(
  query: EntryQuery,
  read: (slice: ListSlice) => Promise<SerializedSlice>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const { serialized } of slicesOf(query, { read, countOf: (slice) => slice.count }))
    yield serialized;
}

interface Slices<Slice> {
  readonly read: (slice: ListSlice) => Promise<Slice>;
  /** Returns the number of entries of a slice. */
  readonly countOf: (slice: Slice) => number;
}

/**
 * Reads slice after slice, and yields those that are not empty. Nothing is open between two slices, however
 * slowly the entries are consumed: an entry that is accepted meanwhile is newer than all that is still to be
 * read.
 */
async function* slicesOf<Slice extends SliceEnd>(
  query: EntryQuery,
  { read, countOf }: Slices<Slice>,
): AsyncGenerator<Slice, void, undefined> {
  let { offset, limit } = query;
  let behind: ListPosition | null = startOf(query);
  let isSparse = false;
  let requestedAt = performance.now();
  while (behind !== null && limit > 0) {
    const slice: Slice = await read({ query: { ...query, offset, limit }, behind, isSparse });
    const count = countOf(slice);
    offset -= slice.skipped;
    limit -= count;
    behind = slice.next;
    isSparse ||= canBeSparse(query) && slice.skipped + count < fewMatches;
    if (count > 0) {
      yield slice;
      requestedAt = performance.now();
    } else if (behind !== null && performance.now() - requestedAt > mostMs) {
      throw listTimeout(mostMs);
    }
  }
}

/** Matches of the first slice from which on a list is not sparse: it looks at a thousand entries at least. */
const fewMatches = 100;

/** Whether the index of entries names what matches, and no other index does. */
function canBeSparse({ paymentId, states, operationType, totalMinor, positionName }: EntryQuery): boolean {
  if (paymentId !== undefined || (states !== undefined && !states.includes('registered'))) return false;
  return operationType !== undefined || totalMinor !== undefined || positionName !== undefined;
}

/** Returns the position before everything accepted before the query's end. No entry has the sequence 0. */
function startOf({ acceptedBefore, behind }: EntryQuery): ListPosition {
  const end = { acceptedAt: acceptedBefore?.getTime() ?? Number.POSITIVE_INFINITY, sequence: 0 };
  return behind && behind.acceptedAt < end.acceptedAt ? behind : end;
}

/** Collects all entries of a list from its portions. */
export async function wholeList(portions: AsyncIterable<readonly ListedEntry[]>): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = [];
  for await (const portion of portions) entries.push(...portion);
  return entries;
}

/** The columns that a list reads. */
export const listedColumns = [
  'sequence',
  'id',
  'account',
  'document',
  'state',
  'accepted_at',
  'attempts',
  'provider_document_id',
  'registration',
  'reason',
] as const satisfies readonly (keyof EntryRow)[];

/** An entry as a list reads it. */
export type ListedRow = Pick<EntryRow, (typeof listedColumns)[number]> & {
  /** Id of the entry that a rejected one was resubmitted as. */
  readonly superseded_by: string | null;
};

/** Reads a row of a list as an entry. */
function listedEntryOfRow(row: ListedRow): ListedEntry {
  return Object.assign(new UnreadDocument(() => JSON.parse(row.document)), {
    sequence: row.sequence,
    id: row.id,
    account: row.account,
    state: row.state,
    acceptedAt: new Date(row.accepted_at),
    attempts: row.attempts,
    providerDocumentId: row.provider_document_id,
    registration: row.registration === null ? null : JSON.parse(row.registration),
    reason: row.reason === null ? null : JSON.parse(row.reason),
    ...(row.superseded_by !== null && { supersededBy: row.superseded_by }),
  });
}

const encoder = new TextEncoder();

/** Serialises a slice as the receipts API does; `created_at` in the zone so many hours from UTC. */
export function serializeSlice({ rows, ...slice }: ListedSlice, utcOffsetHours: number): SerializedSlice {
  const objects = rows.map((row) => JSON.stringify(objectOfEntry(listedEntryOfRow(row), utcOffsetHours)));
  return { ...slice, count: rows.length, serialized: encoder.encode(objects.join()) };
}
