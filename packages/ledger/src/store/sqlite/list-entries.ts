import type { DatabaseSync } from 'node:sqlite';
import { nextVersionKey } from '../../interventions/next-version-key.js';
import type { ListedSlice, ListPosition, ListSlice } from '../list-in-slices.js';
import { type ListedRow, listedColumns } from '../listed-row.js';
import { type ListPlan, type ListValues, planList } from './plan-list.js';
import { prepareQuery, type Query } from './query.js';

/** How long a slice takes, but for the entry that is being looked at when the time is over. */
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
 * Prepares the reading of a list, a slice at a time: a statement that runs can't be interrupted here, and one that runs for long keeps
 * the write-ahead log from being moved into the file, or, where it runs in the writer's thread, everybody from writing.
 */
export function prepareList(database: DatabaseSync) {
  const row = prepareQuery<ListedRow>(
    database,
    `SELECT ${listedColumns.join(', ')}, CASE WHEN state = 'rejected' THEN (
       SELECT newer.id FROM entries AS newer
       WHERE newer.merchant = entries.merchant AND newer.idempotency_key = '${nextVersionKey('')}' || entries.id
     ) END AS superseded_by FROM entries WHERE sequence = :sequence`,
  );
  const plans = new Map<string, ReturnType<typeof prepareWalk>>();

  function walkOf(plan: ListPlan) {
    const key = JSON.stringify(plan);
    const walk = plans.get(key) ?? prepareWalk(database, plan);
    plans.set(key, walk);
    return walk;
  }

  return ({ query, behind }: ListSlice): ListedSlice => {
    const endsAt = performance.now() + sliceMs;
    const { values, ...plan } = planList(query);
    const walk = walkOf(plan);
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
function prepareWalk(database: DatabaseSync, { source, within, matches, exceptions }: ListPlan) {
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
        `SELECT count(*) AS looked, count(*) FILTER (WHERE merchant = :merchant AND ${within} AND NOT ${matches}) AS excepted
         FROM (
           SELECT merchant, operation, operation_type, total_minor, state
           FROM ${exception} AND ${stretch} AND accepted_at >= :acceptedFrom LIMIT ${stride}
         )`,
      ),
  );
  const candidates: Query<Candidate> = prepareQuery(
    database,
    `SELECT accepted_at, sequence, ${matches ?? 1} AS matches
     FROM ${source} AND ${stretch} AND accepted_at >= :acceptedFrom AND ${within} ${newestFirst}`,
  );
  const between = (values: ListValues, { acceptedAt, sequence }: ListPosition, end: ListPosition | null) => ({
    ...values,
    behindAt: acceptedAt,
    behindSequence: sequence,
    endAt: end?.acceptedAt ?? values.acceptedFrom,
    endSequence: end?.sequence ?? 0,
  });

  return {
    /** The last entry of the stride behind the position, whether or not it matches; `null` where the index ends before. */
    endOfStride(values: ListValues, position: ListPosition): ListPosition | null {
      const last = endOfStride.one(between(values, position, null));
      return last ? { acceptedAt: last.accepted_at, sequence: last.sequence } : null;
    },
    /** How many entries match, to the end and with it; `null` where no index tells, or too many may be exceptions. */
    count(values: ListValues, position: ListPosition, end: ListPosition | null): number | null {
      const asked = between(values, position, end);
      let matching = count?.one(asked)?.matching ?? null;
      for (const exception of exceptionsIn ?? []) {
        const { looked, excepted } = exception.one(asked) ?? { looked: 0, excepted: 0 };
        if (matching === null || looked === stride) return null;
        matching -= excepted;
      }
      return matching;
    },
    candidates: (values: ListValues, position: ListPosition, end: ListPosition | null): Iterable<Candidate> =>
      candidates.each(between(values, position, end)),
  };
}
