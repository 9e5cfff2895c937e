import type { DatabaseSync } from 'node:sqlite';
import type { EntryState } from '../../entry/entry.js';
import type { EntryQuery } from '../ledger-store.js';
import {
  type ListedRow,
  type ListedSlice,
  type ListPosition,
  type ListSlice,
  listedColumns,
} from '../list-in-slices.js';
import { prepareSparseList } from './list-sparse.js';
import { numberOfName } from './names.js';
import { prepareQuery, type Query } from './query.js';

/** How long a slice takes, but for what is being counted or looked at when the time is over. */
const sliceMs = 4;

/** Characters of documents after which a slice ends. */
const sliceLength = 131_072;

/** Entries of an index that are looked at before the time is. */
const stride = 5_000;

/** Where an entry stands. */
type Place = Pick<ListedRow, 'accepted_at' | 'sequence'>;

/** An entry that the index did not rule out. */
type Candidate = Place & { readonly matches: 0 | 1 };

/**
 * Prepares the reading of a list, a slice at a time: a statement that runs can't be interrupted here, and one
 * that runs for long keeps the write-ahead log from being moved into the file, or, where it runs in the
 * writer's thread, everybody from writing.
 */
export function prepareList(database: DatabaseSync) {
  const row = prepareQuery<ListedRow>(
    database,
    `SELECT ${listedColumns.join(', ')}, CASE WHEN state = 'rejected' THEN (
       SELECT newer.id FROM entry_rows AS newer WHERE newer.previous = entry_rows.sequence
     ) END AS superseded_by FROM entry_rows WHERE sequence = :sequence`,
  );
  const sparse = prepareSparseList(database);
  const plans = new Map<string, ReturnType<typeof prepareWalk>>();

  function walkOf(plan: ListPlan) {
    const key = JSON.stringify(plan);
    const walk = plans.get(key) ?? prepareWalk(database, plan);
    plans.set(key, walk);
    return walk;
  }

  return ({ query, behind, isSparse }: ListSlice): ListedSlice => {
    let endsAt = performance.now() + sliceMs;
    const { values, ...plan } = planList(query);
    const walk = walkOf(plan);
    const found = isSparse
      ? sparse({ query, behind }, { placeOf: (sequence) => walk.placeOf(values, sequence), row })
      : null;
    if (found) return found;
    const rows: ListedRow[] = [];
    let position = behind;
    let toSkip = query.offset;
    let length = 0;
    const slice = (next: ListPosition | null) => ({ rows, skipped: query.offset - toSkip, next });

    do {
      const end = walk.endOfStride(values, position);
      const matching = toSkip > 0 ? walk.count(values, position, end) : null;
      if (matching !== null && matching <= toSkip) {
        toSkip -= matching;
      } else {
        // A count that took all of the time must leave some for the entries, or no slice would come further.
        if (toSkip > 0) endsAt = Math.max(endsAt, performance.now() + sliceMs / 2);
        for (const { accepted_at, sequence, matches } of walk.candidates(values, position, end)) {
          position = { acceptedAt: accepted_at, sequence };
          if (matches && toSkip > 0) toSkip -= 1;
          else if (matches) {
            const found = row.one({ sequence });
            if (found) rows.push(found);
            length += found?.document.length ?? 0;
          }
          if (rows.length === query.limit) return slice(null);
          if (length >= sliceLength || performance.now() >= endsAt) return slice(position);
        }
      }
      if (end === null) return slice(null);
      position = end;
    } while (performance.now() < endsAt);
    return slice(position);
  };
}

/** Prepares what a list of this plan is read with. */
function prepareWalk(database: DatabaseSync, { source, within, matches, exceptions, excepted }: ListPlan) {
  const newestFirst = 'ORDER BY accepted_at DESC, sequence DESC';
  const behind = '(accepted_at, sequence) < (:behindAt, :behindSequence)';
  const stretch = `${behind} AND (accepted_at, sequence) >= (:endAt, :endSequence)`;
  const endOfStride: Query<Place> = prepareQuery(
    database,
    `SELECT accepted_at, sequence FROM ${source} AND ${behind} AND accepted_at >= :acceptedFrom
     ${newestFirst} LIMIT 1 OFFSET ${stride - 1}`,
  );
  // What takes a look at the entry itself is not counted: one entry may take as long as a slice.
  const count: Query<{ matching: number }> | null =
    exceptions &&
    prepareQuery(
      database,
      `SELECT count(*) AS matching FROM ${source} AND ${stretch} AND accepted_at >= :acceptedFrom AND ${within}`,
    );
  // Bounded before it is known whose they are.
  const exceptionsIn = exceptions?.map(
    (exception): Query<{ looked: number; excepted: number }> =>
      prepareQuery(
        database,
        `SELECT count(*) AS looked, count(*) FILTER (WHERE ${excepted}) AS excepted FROM (
           SELECT sequence, merchant, state FROM ${exception} AND ${stretch} AND accepted_at >= :acceptedFrom LIMIT ${stride}
         ) AS deliveries`,
      ),
  );
  const candidates: Query<Candidate> = prepareQuery(
    database,
    `SELECT accepted_at, sequence, ${matches ?? 1} AS matches
     FROM ${source} AND ${stretch} AND accepted_at >= :acceptedFrom AND ${within} ${newestFirst}`,
  );
  const placeOf: Query<Place> = prepareQuery(
    database,
    `SELECT accepted_at, sequence FROM ${source} AND sequence = :place AND accepted_at >= :acceptedFrom
     AND ${within} AND ${matches ?? 1}`.replace(/ INDEXED BY \w+/, ''),
  );
  const between = (values: ListValues, { acceptedAt, sequence }: ListPosition, end: ListPosition | null) => ({
    ...values,
    behindAt: acceptedAt,
    behindSequence: sequence,
    endAt: end?.acceptedAt ?? values.acceptedFrom,
    endSequence: end?.sequence ?? 0,
  });

  return {
    /** Last entry of the stride behind the position, matching or not; `null` where the index ends before. */
    endOfStride(values: ListValues, position: ListPosition): ListPosition | null {
      const last = endOfStride.one(between(values, position, null));
      return last ? { acceptedAt: last.accepted_at, sequence: last.sequence } : null;
    },
    /** Number of matching entries to the end; `null` where no index tells, or with too many exceptions. */
    count(values: ListValues, position: ListPosition, end: ListPosition | null): number | null {
      const bounds = between(values, position, end);
      let matching = count?.one(bounds)?.matching ?? null;
      for (const exception of exceptionsIn ?? []) {
        const { looked, excepted } = exception.one(bounds) ?? { looked: 0, excepted: 0 };
        if (matching === null || looked === stride) return null;
        matching -= excepted;
      }
      return matching;
    },
    /** One entry, if it matches. */
    placeOf: (values: ListValues, place: number): Place | undefined => placeOf.one({ ...values, place }),
    candidates: (values: ListValues, position: ListPosition, end: ListPosition | null): Iterable<Candidate> =>
      candidates.each(between(values, position, end)),
  };
}

/** How a list is read: by which index, and what is left to be looked at in the entries that it names. */
export interface ListPlan {
  /** Table, index and the condition that chooses in it, all in the order of the list. */
  readonly source: string;
  /** What the index itself can tell of the entries. */
  readonly within: string;
  /** What must be looked at in each entry; `null` for nothing. */
  readonly matches: string | null;
  /**
   * Table, index and condition of all that `matches` may rule out, so that the others are counted without a
   * look at any of them; `null` where only a look tells.
   */
  readonly exceptions: readonly string[] | null;
  /** Which of the exceptions are ruled out, in the order in which it costs least to look. */
  readonly excepted: string;
}

/** The values that the statements of a plan name. */
export type ListValues = Readonly<Record<string, string | number | null>> & { readonly acceptedFrom: number };

const isMerchants = `merchant = ${numberOfName('merchant')}`;
const finished = "('registered', 'rejected')";

/**
 * Sources in the order in which they are preferred: what names the fewest entries goes first. The index of
 * unfinished entries is that of all merchants: there are few, and one of each merchant's own would be written
 * with every entry.
 */
const sources = {
  payment: `entries INDEXED BY entries_by_payment WHERE ${isMerchants} AND payment_id = :paymentId`,
  rejected: `deliveries INDEXED BY deliveries_rejected_by_time WHERE ${isMerchants} AND state = 'rejected'`,
  unfinished: `deliveries INDEXED BY deliveries_unfinished WHERE state NOT IN ${finished}`,
  time: `entries INDEXED BY entries_by_time WHERE ${isMerchants}`,
};

/** Returns a column of the entry, where a source is of deliveries. */
const ofEntry = (column: string) =>
  `(SELECT ${column} FROM entries WHERE entries.sequence = deliveries.sequence)`;
const stateOfEntry = '(SELECT state FROM deliveries WHERE deliveries.sequence = entries.sequence)';

const areStates = 'IN (SELECT value FROM json_each(:states))';

/** The text is found before the document is read as JSON, which takes four times as long. */
const hasPositionNamed = (document: string) => `instr(${document}, :nameInJson) > 0 AND EXISTS (
  SELECT 1 FROM json_each(${document}, '$.positions') WHERE json_extract(value, '$.name') = :positionName
)`;

/** Plans how a list is read. */
function planList(query: EntryQuery): ListPlan & { readonly values: ListValues } {
  const source = sourceOf(query);
  const isOfDeliveries = source === 'rejected' || source === 'unfinished';
  const column = isOfDeliveries ? ofEntry : (name: string) => name;
  const state = isOfDeliveries ? 'state' : stateOfEntry;
  const chosen = chosenBy(query, column);
  const looked = conditionsOf({
    [isMerchants]: source === 'unfinished' ? query.merchant : undefined,
    [`${state} ${areStates}`]: source === 'rejected' ? undefined : query.states,
    [hasPositionNamed(column('document'))]: query.positionName,
  });
  const [within, matches] = source === 'time' ? [chosen, looked] : [[], [...chosen, ...looked]];
  return {
    source: sources[source],
    within: within.length > 0 ? within.join(' AND ') : 'true',
    matches: matches.length > 0 ? `(${matches.join(' AND ')})` : null,
    exceptions: matches.length === 0 ? [] : exceptionsOf(source, query),
    excepted: [isMerchants, `NOT state ${areStates}`, ...chosenBy(query, ofEntry)].join(' AND '),
    values: {
      merchant: query.merchant,
      acceptedFrom: query.acceptedFrom?.getTime() ?? Number.NEGATIVE_INFINITY,
      paymentId: query.paymentId ?? null,
      operation: query.operation ?? null,
      operationType: query.operationType ?? null,
      totalMinor: query.totalMinor ?? null,
      states: query.states ? JSON.stringify(query.states) : null,
      positionName: query.positionName ?? null,
      nameInJson: `"name":${JSON.stringify(query.positionName ?? '')}`,
    },
  };
}

/** Returns the conditions that an index of entries can tell of. */
function chosenBy(query: EntryQuery, column: (name: string) => string): string[] {
  return conditionsOf({
    [`${column('operation')} = ${numberOfName('operation')}`]: query.operation,
    [`${column('operation_type')} = :operationType`]: query.operationType,
    [`${column('total_minor')} = :totalMinor`]: query.totalMinor,
  });
}

function sourceOf({ paymentId, states }: EntryQuery): keyof typeof sources {
  if (paymentId !== undefined) return 'payment';
  if (!states || states.length === 0) return 'time';
  if (states.every((state) => state === 'rejected')) return 'rejected';
  return states.every(isUnfinished) ? 'unfinished' : 'time';
}

/** Nearly all entries are registered, and those that are not have indexes of their own. */
function exceptionsOf(source: keyof typeof sources, { states, positionName }: EntryQuery): string[] | null {
  if (source !== 'time' || positionName !== undefined || !states?.includes('registered')) return null;
  return states.includes('rejected') ? [sources.unfinished] : [sources.rejected, sources.unfinished];
}

function isUnfinished(state: EntryState): boolean {
  return state !== 'registered' && state !== 'rejected';
}

function conditionsOf(bounds: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(bounds).filter((condition) => bounds[condition] !== undefined);
}
