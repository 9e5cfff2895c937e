import type { ListedEntry } from '../entry/listed-entry.js';
import type { EntryQuery } from './ledger-store.js';
import { listTimeout } from './list-timeout.js';
import { type ListedRow, listedEntryOfRow } from './listed-row.js';

/** How long the next entries may be looked for, in milliseconds. */
const mostMs = 30_000;

/** A place among a merchant's entries, in the order of lists: newest first, by time of acceptance and then by sequence. */
export interface ListPosition {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly acceptedAt: number;
  readonly sequence: number;
}

/** A piece of a list to read: at most `limit` entries behind the position, `offset` matching ones left out before them. */
export interface ListSlice {
  readonly query: EntryQuery;
  readonly behind: ListPosition;
}

/** What a slice came to; it may have ended before its limit, because its time was over or its entries are large. */
export interface ListedSlice {
  readonly rows: readonly ListedRow[];
  /** How many matching entries were left out. */
  readonly skipped: number;
  /** Behind which entry the next slice begins; `null` when nothing is behind it. */
  readonly next: ListPosition | null;
}

/**
 * Reads a list slice by slice, and answers what each has found. Nothing is open between two slices, however slowly the entries are
 * taken: an entry that is accepted meanwhile is newer than all that is still to be read. Throws a `FiscalError` with code
 * `lists.timeout` when nothing was found for too long, and something may be still.
 */
export async function* listInSlices(
  query: EntryQuery,
  read: (slice: ListSlice) => Promise<ListedSlice>,
): AsyncGenerator<readonly ListedEntry[], void, undefined> {
  let { offset, limit } = query;
  let behind: ListPosition | null = startOf(query);
  let askedAt = performance.now();
  while (behind !== null && limit > 0) {
    const { rows, skipped, next }: ListedSlice = await read({ query: { ...query, offset, limit }, behind });
    offset -= skipped;
    limit -= rows.length;
    behind = next;
    if (rows.length > 0) {
      yield rows.map(listedEntryOfRow);
      askedAt = performance.now();
    } else if (behind !== null && performance.now() - askedAt > mostMs) {
      throw listTimeout(mostMs);
    }
  }
}

/** Behind this position is all that was accepted before the end of the query. No entry has the sequence 0. */
function startOf({ acceptedBefore }: EntryQuery): ListPosition {
  return { acceptedAt: acceptedBefore?.getTime() ?? Number.POSITIVE_INFINITY, sequence: 0 };
}

/** All entries of a list that is answered in portions. */
export async function wholeList(portions: AsyncIterable<readonly ListedEntry[]>): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = [];
  for await (const portion of portions) entries.push(...portion);
  return entries;
}
