import { partSize } from '../entry-search.js';
import type { EntryQuery } from '../ledger-store.js';
import type { ListPosition, ListSlice } from '../list-in-slices.js';
import { hashOfName, hashOfOwnTotal } from '../search-hashes.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import { statement } from './statement.js';

/** Parts of the index in which entries are looked up at first; then it is more each time. */
const firstParts = 32;

/** Entries that the index may be behind; a list does without it where there are more. */
const mostUnindexed = 2_000;

/** Where an entry stands. */
interface Place {
  readonly accepted_at: number;
  readonly sequence: number;
}

/** Places of a slice, and where the next begins; `null` when nothing follows. */
export interface SparsePlaces {
  readonly skipped: number;
  readonly sequences: readonly number[];
  readonly next: ListPosition | null;
}

/** Looks at these entries; returns the places of those that match. */
type PlacesOf = (sequences: readonly number[]) => Promise<readonly Place[]>;

/**
 * Prepares a slice of a list of which few entries match: they are looked up in the index of entries, and those
 * that it does not have yet are looked at one by one. `null` where it can't tell.
 */
export function prepareSparseList({ schema }: SchemaNames, read: RunStatement) {
  const sequenceOf = `SELECT e.sequence::double precision FROM ${schema}.journal AS j
    JOIN ${schema}.entries AS e ON e.id = j.entry_id WHERE j.from_state IS NULL`;
  const unindexed = statement(`
    (${sequenceOf} AND j.position > (SELECT position FROM ${schema}.search_progress) LIMIT ${mostUnindexed + 1})
    UNION ALL
    (
      SELECT e.sequence::double precision FROM ${schema}.search_gaps AS g
      JOIN ${schema}.journal AS j ON j.position BETWEEN g.first_position AND g.last_position
      JOIN ${schema}.entries AS e ON e.id = j.entry_id WHERE j.from_state IS NULL LIMIT ${mostUnindexed + 1}
    )`);
  const partsOf = statement(`
    SELECT p.part, p.last_at::double precision FROM ${schema}.search_parts AS p
    WHERE p.first_at <= $1::bigint AND p.last_at >= $2::bigint ORDER BY p.last_at DESC`);
  const hitsOf = prepareHits(schema, read);

  return async ({ query, behind }: ListSlice, placesOf: PlacesOf): Promise<SparsePlaces | null> => {
    const hits = await hitsOf(query);
    const late = hits && (await read<{ sequence: number }>(unindexed));
    if (!hits || !late || late.length > mostUnindexed) return null;
    const { offset, limit, acceptedFrom } = query;
    const places = new Map<number, Place>();
    const add = async (sequences: readonly number[]) => {
      if (sequences.length === 0) return;
      for (const place of await placesOf(sequences)) places.set(place.sequence, place);
    };
    await add(late.map(({ sequence }) => sequence));
    const last = Number.MAX_SAFE_INTEGER;
    const times = [Math.min(behind.acceptedAt, last), acceptedFrom?.getTime() ?? -last];
    const parts = await read<{ part: number; last_at: number }>(partsOf, times);
    let end = Number.NEGATIVE_INFINITY;
    let complete = newestFirst(places, end);
    for (let from = 0, count = firstParts; from < parts.length; from += count, count *= 2) {
      await add(await hits(parts.slice(from, from + count).map(({ part }) => part)));
      // What is newer than all that the other parts have is complete.
      end = parts[from + count]?.last_at ?? Number.NEGATIVE_INFINITY;
      complete = newestFirst(places, end);
      if (complete.length >= offset + limit) break;
    }
    const skipped = Math.min(offset, complete.length);
    const isLast = end === Number.NEGATIVE_INFINITY;
    return {
      skipped,
      sequences: complete.slice(skipped, skipped + limit).map(({ sequence }) => sequence),
      next: isLast ? null : { acceptedAt: end, sequence: last },
    };
  };
}

/** Prepares the look-up of the sequences that some parts of the index name. */
function prepareHits(schema: string, read: RunStatement) {
  const keys = statement(`
    SELECT ((found.key >> 42 << 12) | (found.key & ${partSize - 1}))::double precision AS sequence
    FROM unnest($1::bigint[]) AS part CROSS JOIN LATERAL (
      SELECT k.key FROM ${schema}.search_keys AS k
      WHERE k.key BETWEEN (part << 42) | ($2::bigint << 12) AND (part << 42) | ($2::bigint << 12) | ${partSize - 1}
      OFFSET 0
    ) AS found`);
  const groups = statement(`
    SELECT number FROM ${schema}.search_groups
    WHERE merchant = $1 AND ($2::text IS NULL OR operation = $2) AND operation_type = $3`);
  const ofGroups = statement(`
    SELECT found.sequence::double precision
    FROM unnest($1::bigint[]) AS part CROSS JOIN unnest($2::integer[]) AS number CROSS JOIN LATERAL (
      SELECT s.sequence FROM ${schema}.search_entries AS s
      WHERE s.number = number AND s.sequence >= part << 12 AND s.sequence < part + 1 << 12
      OFFSET 0
    ) AS found`);

  return async ({ merchant, operation, operationType, positionName, totalMinor }: EntryQuery) => {
    const sequencesOf = async (...asked: Parameters<RunStatement>) =>
      (await read<{ sequence: number }>(...asked)).map(({ sequence }) => sequence);
    const hash =
      positionName !== undefined
        ? hashOfName(merchant, positionName)
        : totalMinor !== undefined
          ? hashOfOwnTotal(merchant, totalMinor)
          : null;
    if (hash !== null) return (parts: readonly number[]) => sequencesOf(keys, [parts, hash]);
    if (operationType === undefined) return null;
    const found = await read<{ number: number }>(groups, [merchant, operation ?? null, operationType]);
    const numbers = found.map(({ number }) => number);
    return (parts: readonly number[]) => sequencesOf(ofGroups, [parts, numbers]);
  };
}

/** Returns the places after a time, in the order of lists. */
function newestFirst(places: ReadonlyMap<number, Place>, end: number): Place[] {
  return [...places.values()]
    .filter(({ accepted_at }) => accepted_at > end)
    .sort((one, other) => other.accepted_at - one.accepted_at || other.sequence - one.sequence);
}
