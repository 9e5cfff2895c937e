import type { DatabaseSync } from 'node:sqlite';
import type { EntryState } from '../../entry/entry.js';
import type { EntryRow } from '../entry-row.js';
import {
  type Candidates,
  type EntrySearch,
  everywhere,
  mergeCandidates,
  partSize,
  rangesOfParts,
  type SequenceRange,
} from '../entry-search.js';
import { storedKeysOf } from '../search-hashes.js';
import type { SearchTerm } from '../search-term.js';
import { entryColumns } from './entry-table.js';
import { numberOfName } from './names.js';
import { prepareQuery, type Query } from './query.js';
import { keyOf, storedId } from './stored-columns.js';

/** How long a slice takes, but for what is being looked at when the time is over, in milliseconds. */
const sliceMs = 4;

/** Sequences that a source is requested for at once. */
const batch = 250;

/** Groups that are read one beside the other; where more match, entries are looked at as they come. */
const mostGroups = 64;

/** Unfinished entries that are put in order; where there are more, entries are looked at as they come. */
const mostUnfinished = 2_000;

/** A slice of a search, as rows. */
export interface FoundRows {
  readonly rows: readonly EntryRow[];
  /** Sequence before which the next slice begins; `null` when nothing follows. */
  readonly next: number | null;
}

/** Reads sequences in a range, the newest first. */
type Source = (range: SequenceRange) => Candidates;

/** Prepares the search for entries, a slice at a time: see `prepareList`. */
export function prepareFindEntries(database: DatabaseSync) {
  const row = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows WHERE sequence = :sequence`,
  );
  const rangesOf = prepareRanges(database);
  const sourceOf = prepareSources(database);
  const passes = preparePasses(database);

  return (search: EntrySearch): FoundRows => {
    const endsAt = performance.now() + sliceMs;
    const { filter, limit } = search;
    const before = search.before ?? everywhere.high;
    const read = sourceOf(search);
    const rows: EntryRow[] = [];
    for (const { low, high } of rangesOf(filter)) {
      for (let position = Math.min(before, high); position > low; ) {
        const { sequences, end } = read({ low, high: position });
        for (const sequence of sequences) {
          const found = passes(sequence, filter) ? row.one({ sequence }) : undefined;
          if (found) rows.push(found);
          if (rows.length === limit || performance.now() >= endsAt) return { rows, next: sequence };
        }
        position = end;
        if (performance.now() >= endsAt) return { rows, next: position };
      }
    }
    return { rows, next: null };
  };
}

/** Prepares the ranges in which there can be entries of the filter's time. */
function prepareRanges(database: DatabaseSync) {
  const parts = prepareQuery<{ part: number }>(
    database,
    'SELECT part FROM search_parts WHERE last_at >= :from AND first_at < :before',
  );
  const last = prepareQuery<{ part: number | null }>(database, 'SELECT max(part) AS part FROM search_parts');
  return ({ acceptedFrom, acceptedBefore }: EntrySearch['filter']): readonly SequenceRange[] => {
    if (!acceptedFrom && !acceptedBefore) return [everywhere];
    const from = acceptedFrom?.getTime() ?? Number.NEGATIVE_INFINITY;
    const before = acceptedBefore?.getTime() ?? Number.POSITIVE_INFINITY;
    const found = parts.all({ from, before }).map(({ part }) => part);
    return rangesOfParts(found, last.one()?.part ?? null);
  };
}

/** Prepares the check of one entry by everything that the filter asks. */
function preparePasses(database: DatabaseSync) {
  const named = (column: string, parameter: string) =>
    `(:${parameter} IS NULL OR ${column} = ${numberOfName(parameter)})`;
  const passes = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM deliveries CROSS JOIN entries ON entries.sequence = deliveries.sequence
     WHERE deliveries.sequence = :sequence
     AND (:states IS NULL OR instr(:states, ',' || state || ',') > 0)
     AND (:reason IS NULL OR reason ->> '$.code' = :reason)
     AND ${named('deliveries.merchant', 'merchant')} AND ${named('deliveries.provider', 'provider')}
     AND ${named('deliveries.account', 'account')} AND ${named('entries.operation', 'operation')}
     AND (:operationType IS NULL OR entries.operation_type = :operationType)
     AND deliveries.accepted_at >= :from AND deliveries.accepted_at < :before`,
  );
  return (sequence: number, filter: EntrySearch['filter']): boolean => {
    const { states, merchant, provider, account, operation, operationType, reason } = filter;
    const names = { merchant, provider, account, operation, operationType, reason };
    const given = Object.entries(names).map(([name, value]) => [name, value ?? null]);
    return (
      passes.one({
        ...Object.fromEntries(given),
        sequence,
        states: states ? `,${states.join()},` : null,
        from: filter.acceptedFrom?.getTime() ?? Number.NEGATIVE_INFINITY,
        before: filter.acceptedBefore?.getTime() ?? Number.POSITIVE_INFINITY,
      }) !== undefined
    );
  };
}

/** Prepares the sources of sequences; what names the fewest entries goes first. */
function prepareSources(database: DatabaseSync) {
  const inOrder = (from: string): Query<{ sequence: number }> =>
    prepareQuery(
      database,
      `SELECT sequence FROM ${from} AND sequence >= :low AND sequence < :high
       ORDER BY sequence DESC LIMIT ${batch}`,
    );
  const byReason = inOrder(`deliveries INDEXED BY deliveries_by_reason
    WHERE reason IS NOT NULL AND reason ->> '$.code' = :reason`);
  const rejected = inOrder("deliveries INDEXED BY deliveries_rejected_in_order WHERE state = 'rejected'");
  const doubtful = inOrder(`deliveries INDEXED BY deliveries_doubtful
    WHERE state IN ('unknown', 'parked') AND state = :state`);
  const unfinished = prepareQuery<{ sequence: number }>(
    database,
    `SELECT sequence FROM deliveries INDEXED BY deliveries_unfinished
     WHERE state NOT IN ('registered', 'rejected') LIMIT ${mostUnfinished + 1}`,
  );
  const ofGroup = inOrder('search_entries WHERE number = :number');
  const all = inOrder('deliveries WHERE true');
  const groupsOf = prepareGroups(database);
  const termSource = prepareTermSource(database);

  const source =
    (query: Query<{ sequence: number }>, values: object = {}): Source =>
    ({ low, high }) => {
      const sequences = query.all({ ...values, low, high }).map(({ sequence }) => sequence);
      return { sequences, end: sequences.length < batch ? low : (sequences.at(-1) ?? low) };
    };

  function statesSource(states: readonly EntryState[]): Source | null {
    const sources: Source[] = states.includes('rejected') ? [source(rejected)] : [];
    const waiting = states.filter((state) => state !== 'rejected');
    if (waiting.every((state) => state === 'unknown' || state === 'parked')) {
      sources.push(...waiting.map((state) => source(doubtful, { state })));
    } else {
      const few = unfinished.all().map(({ sequence }) => sequence);
      if (few.length > mostUnfinished) return null;
      const sequences = few.sort((one, two) => two - one);
      sources.push(({ low, high }) => ({
        sequences: sequences.filter((sequence) => sequence >= low && sequence < high),
        end: low,
      }));
    }
    return (range) =>
      mergeCandidates([{ sequences: [], end: range.low }, ...sources.map((read) => read(range))]);
  }

  return ({ term, filter, merchants }: EntrySearch): Source => {
    if (term) return termSource(term, filter.merchant === undefined ? merchants : [filter.merchant]);
    const { states, reason } = filter;
    if (reason !== undefined) return source(byReason, { reason });
    const ofStates = states && !states.includes('registered') ? statesSource(states) : null;
    if (ofStates) return ofStates;
    const groups = groupsOf(filter);
    if (groups === null || groups.length > mostGroups) return source(all);
    const sources = groups.map((number) => source(ofGroup, { number }));
    return (range) =>
      mergeCandidates([{ sequences: [], end: range.low }, ...sources.map((read) => read(range))]);
  };
}

/** Prepares the look-up of the groups that a filter means; `null` where it names nothing that tells groups apart. */
function prepareGroups(database: DatabaseSync) {
  const named = (column: string) => `(:${column} IS NULL OR ${column} = ${numberOfName(column)})`;
  const groups = prepareQuery<{ number: number }>(
    database,
    `SELECT number FROM search_groups WHERE ${['merchant', 'provider', 'account', 'operation'].map(named).join(' AND ')}
     AND (:operationType IS NULL OR operation_type = :operationType) LIMIT ${mostGroups + 1}`,
  );
  return ({ merchant, provider, account, operation, operationType }: EntrySearch['filter']) => {
    const requested = { merchant, provider, account, operation, operationType };
    if (Object.values(requested).every((value) => value === undefined)) return null;
    const given = Object.entries(requested).map(([name, value]) => [name, value ?? null]);
    return groups.all(Object.fromEntries(given)).map(({ number }) => number);
  };
}

/** Entries of one payment that are put in order at once. */
const mostOfPayment = 1_000;

/** Prepares the source of what a person looks for. */
function prepareTermSource(database: DatabaseSync) {
  const byId = prepareQuery<{ sequence: number }>(database, 'SELECT sequence FROM entries WHERE id = :id');
  const byKey = prepareQuery<{ sequence: number }>(database, 'SELECT sequence FROM entries WHERE key = :key');
  const byPayment = prepareQuery<{ sequence: number }>(
    database,
    `SELECT sequence FROM entries INDEXED BY entries_by_payment
     WHERE payment_id = :text AND sequence >= :low AND sequence < :high ORDER BY sequence DESC LIMIT ${mostOfPayment}`,
  );
  const inPart = prepareQuery<{ place: number }>(
    database,
    `SELECT key & ${partSize - 1} AS place FROM search_keys WHERE key
     BETWEEN (:part << 42) | (:hash << 12) AND (:part << 42) | (:hash << 12) | ${partSize - 1}`,
  );
  const newest = prepareQuery<{ part: number | null }>(
    database,
    'SELECT max(part) AS part FROM search_parts',
  );

  return (term: SearchTerm, merchants: readonly string[]): Source => {
    const { text, id, hashes } = term;
    const keys = merchants.flatMap((merchant) =>
      storedKeysOf(text).map((key) => keyOf({ merchant, idempotency_key: key })),
    );
    const named = [
      ...(id === null ? [] : [byId.one({ id: storedId(id) })]),
      ...keys.map((key) => byKey.one({ key })),
    ].flatMap((found) => (found ? [found.sequence] : []));
    const lastPart = newest.one()?.part ?? -1;

    return ({ low, high }) => {
      const ofPayment = byPayment.all({ text, low, high }).map(({ sequence }) => sequence);
      const end = ofPayment.length < mostOfPayment ? low : (ofPayment.at(-1) ?? low);
      const exact = { sequences: [...ofPayment, ...named.filter((each) => each >= low && each < high)], end };
      return mergeCandidates([exact, underKeys({ low: end, high })]);
    };

    /** Looks part by part until something is found. */
    function underKeys({ low, high }: SequenceRange): Candidates {
      let part = Math.min(Math.floor((high - 1) / partSize), lastPart);
      for (; part >= 0 && (part + 1) * partSize > low; part -= 1) {
        const found = hashes.flatMap((hash) => inPart.all({ part, hash }));
        const sequences = found
          .map(({ place }) => part * partSize + place)
          .filter((sequence) => sequence >= low && sequence < high);
        if (sequences.length > 0) return { sequences, end: Math.max(low, part * partSize) };
      }
      return { sequences: [], end: low };
    }
  };
}
