import type { DatabaseSync } from 'node:sqlite';
import { partSize } from '../entry-search.js';
import type { EntryQuery } from '../ledger-store.js';
import type { ListedRow, ListedSlice, ListPosition, ListSlice } from '../list-in-slices.js';
import { hashOfName, hashOfOwnTotal } from '../search-hashes.js';
import { numberOfName } from './names.js';
import { prepareQuery, type Query } from './query.js';

/** How long a slice looks for entries, but for the part that is looked at when the time is over. */
const sliceMs = 4;

/** Characters of documents after which a slice ends. */
const sliceLength = 131_072;

/** Entries that the index may be behind; a list does without it where there are more. */
const mostUnindexed = 2_000;

type Place = Pick<ListedRow, 'accepted_at' | 'sequence'>;

/** What reads one entry of a list: where it stands if it matches, and its row. */
interface SparseReads {
  readonly placeOf: (sequence: number) => Place | undefined;
  readonly row: Query<ListedRow>;
}

/**
 * Prepares a slice of a list of which few entries match: they are looked up in the index of entries, and those
 * that it does not have yet are looked at one by one. `null` where it can't tell.
 */
export function prepareSparseList(database: DatabaseSync) {
  const unindexed = prepareQuery<{ sequence: number }>(
    database,
    `SELECT sequence FROM entries WHERE sequence > (SELECT sequence FROM search_progress)`,
  );
  const behindBy = prepareQuery<{ entries: number | null }>(
    database,
    'SELECT (SELECT max(sequence) FROM entries) - sequence AS entries FROM search_progress',
  );
  const partsOf = prepareQuery<{ part: number; last_at: number }>(
    database,
    `SELECT part, last_at FROM search_parts WHERE first_at <= :behindAt AND last_at >= :from ORDER BY last_at DESC`,
  );
  const hitsOf = prepareHits(database);

  return ({ query, behind }: ListSlice, { placeOf, row }: SparseReads): ListedSlice | null => {
    const hits = hitsOf(query);
    if (!hits || (behindBy.one()?.entries ?? 0) > mostUnindexed) return null;
    const late = unindexed.all();
    const endsAt = performance.now() + sliceMs;
    const { offset, limit } = query;
    const places = new Map<number, Place>();
    const add = (sequence: number) => {
      const place = placeOf(sequence);
      if (place && isBehind(place, behind)) places.set(sequence, place);
    };
    for (const { sequence } of late) add(sequence);
    const from = query.acceptedFrom?.getTime() ?? Number.NEGATIVE_INFINITY;
    const parts = partsOf.all({ behindAt: behind.acceptedAt, from });
    let end = parts[0]?.last_at ?? Number.NEGATIVE_INFINITY;
    for (const [index, { part }] of parts.entries()) {
      for (const sequence of hits(part)) add(sequence);
      // What is newer than all that the other parts have is complete.
      end = parts[index + 1]?.last_at ?? Number.NEGATIVE_INFINITY;
      // Parts may overlap in time: only behind the last slice is the next one any further.
      const isFurther = end < behind.acceptedAt;
      if (isFurther && (performance.now() >= endsAt || countFrom(places, end) >= offset + limit)) break;
    }
    const complete = [...places.values()].filter(({ accepted_at }) => accepted_at > end).sort(newestFirst);
    const skipped = Math.min(offset, complete.length);
    const rows: ListedRow[] = [];
    let length = 0;
    for (const { sequence, accepted_at } of complete.slice(skipped, skipped + limit)) {
      const found = row.one({ sequence });
      if (found) rows.push(found);
      length += found?.document.length ?? 0;
      if (length >= sliceLength) return { rows, skipped, next: { acceptedAt: accepted_at, sequence } };
    }
    const isLast = end === Number.NEGATIVE_INFINITY;
    return { rows, skipped, next: isLast ? null : { acceptedAt: end, sequence: Number.MAX_SAFE_INTEGER } };
  };
}

/** Prepares the look-up of the sequences that one part of the index names. */
function prepareHits(database: DatabaseSync) {
  const keys = prepareQuery<{ sequence: number }>(
    database,
    `SELECT (key >> 42 << 12) | (key & ${partSize - 1}) AS sequence FROM search_keys WHERE key
     BETWEEN (:part << 42) | (:hash << 12) AND (:part << 42) | (:hash << 12) | ${partSize - 1}`,
  );
  const groups = prepareQuery<{ number: number }>(
    database,
    `SELECT number FROM search_groups WHERE merchant = ${numberOfName('merchant')}
     AND (:operation IS NULL OR operation = ${numberOfName('operation')}) AND operation_type = :operationType`,
  );
  const ofGroup = prepareQuery<{ sequence: number }>(
    database,
    'SELECT sequence FROM search_entries WHERE number = :number AND sequence >= :low AND sequence < :high',
  );

  return ({ merchant, operation, operationType, positionName, totalMinor }: EntryQuery) => {
    const hash =
      positionName !== undefined
        ? hashOfName(merchant, positionName)
        : totalMinor !== undefined
          ? hashOfOwnTotal(merchant, totalMinor)
          : null;
    if (hash !== null) return (part: number) => keys.all({ part, hash }).map(({ sequence }) => sequence);
    if (operationType === undefined) return null;
    const found = groups.all({ merchant, operation: operation ?? null, operationType });
    return (part: number) => {
      const range = { low: part * partSize, high: (part + 1) * partSize };
      return found.flatMap(({ number }) => ofGroup.all({ number, ...range }).map(({ sequence }) => sequence));
    };
  };
}

function countFrom(places: ReadonlyMap<number, Place>, end: number): number {
  let count = 0;
  for (const { accepted_at } of places.values()) if (accepted_at > end) count += 1;
  return count;
}

/** Whether a place is behind a position in the order of lists. */
function isBehind({ accepted_at, sequence }: Place, behind: ListPosition): boolean {
  return accepted_at < behind.acceptedAt || (accepted_at === behind.acceptedAt && sequence < behind.sequence);
}

function newestFirst(one: Place, other: Place): number {
  return other.accepted_at - one.accepted_at || other.sequence - one.sequence;
}
