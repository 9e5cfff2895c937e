import type { EntryState } from '../../entry/entry.js';
import { nextVersionKey } from '../../entry/operator-action.js';
import type { EntryQuery } from '../ledger-store.js';
import {
  type ListedRow,
  type ListedSlice,
  type ListPosition,
  type ListSlice,
  listedColumns,
} from '../list-in-slices.js';
import { positionLines } from './accept.js';
import type { ListConnections } from './list-connections.js';
import { prepareSparseList } from './list-sparse.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';

/** Entries of a merchant that one slice looks at. */
const stride = 10_000;

/** Entries that the first slice of a list looks at: most lists find what they print among the newest. */
const firstStride = 1_000;

/** Bytes of stored documents, large ones compressed, after which a slice ends. */
const sliceBytes = 32_768;

interface ListDependencies {
  readonly names: SchemaNames;
  readonly lists: ListConnections;
}

/** Prepares the reading of slices, each when it is its turn. */
export function prepareSlices({ names, lists }: ListDependencies) {
  const read = prepareList(names, lists.read);
  return (slice: ListSlice) => lists.slice(() => read(slice));
}

/**
 * Prepares the reading of a list, a slice at a time: each statement is short, so that none meets the time-out
 * however many entries the merchant has, and none holds a snapshot for long.
 */
export function prepareList(names: SchemaNames, read: RunStatement) {
  const sparse = prepareSparseList(names, read);
  return async ({ query, behind, isSparse }: ListSlice): Promise<ListedSlice> => {
    const slice = new SliceStatements(names.schema, query, behind);
    const { offset } = query;
    const places = isSparse
      ? await sparse({ query, behind }, (sequences) => slice.places(read, sequences))
      : null;
    if (places) {
      const { sequences, skipped, next } = places;
      const rows = sequences.length > 0 ? await slice.rowsOf(read, sequences) : [];
      const last = rows.at(-1);
      // Where the documents are large, the others are read with the next slice.
      const isCut = last !== undefined && rows.length < sequences.length;
      return {
        rows,
        skipped,
        next: isCut ? { acceptedAt: last.accepted_at, sequence: last.sequence } : next,
      };
    }
    const end = await slice.end(read);
    if (offset > 0) {
      const matching = (await slice.countByExceptions(read, end)) ?? (await slice.count(read, end));
      if (matching <= offset) return { rows: [], skipped: matching, next: end };
    }
    const rows = await slice.rows(read, end);
    const last = rows.at(-1);
    // A short answer may have ended because the documents are large: only an empty one says that nothing more
    // is here.
    const next = last ? { acceptedAt: last.accepted_at, sequence: last.sequence } : end;
    return { rows, skipped: offset, next };
  };
}

const order = 'e.accepted_at DESC, e.sequence DESC';

/** What is asked, and where its value stands. */
type Filter = readonly [condition: (place: string) => string, value: unknown];

/** The statements that read one slice. Conditions are on the tables themselves, where an index can serve. */
class SliceStatements {
  readonly #schema: string;
  readonly #query: EntryQuery;
  readonly #behind: ListPosition;

  constructor(schema: string, query: EntryQuery, behind: ListPosition) {
    this.#schema = schema;
    this.#query = query;
    this.#behind = behind;
  }

  /** The last entry that the slice looks at; `null` for all that are left. */
  async end(read: RunStatement): Promise<ListPosition | null> {
    if (areFew(this.#query.states)) return null;
    // No entry has the sequence 0: a list begins behind it.
    const isFirst = this.#behind.sequence === 0 && this.#query.offset === 0;
    const values = new Values();
    const text = `SELECT e.sequence::double precision, e.accepted_at::double precision
      FROM ${this.#schema}.entries AS e WHERE ${values.all(this.#chosen())} AND ${this.#stretch(values, { end: null })}
      ORDER BY e.accepted_at DESC, e.sequence DESC LIMIT 1 OFFSET ${(isFirst ? firstStride : stride) - 1}`;
    const [last] = await read<Pick<ListedRow, 'sequence' | 'accepted_at'>>({ text }, values.given);
    return last ? { acceptedAt: last.accepted_at, sequence: last.sequence } : null;
  }

  /** How many entries of the slice match. */
  async count(read: RunStatement, end: ListPosition | null): Promise<number> {
    const values = new Values();
    const text = `SELECT count(*)::double precision AS matching ${this.#matching(values, end)}`;
    const [counted] = await read<{ matching: number }>({ text }, values.given);
    return counted?.matching ?? 0;
  }

  /**
   * The same, found from what does not match: nearly all entries are registered, and those that are not have
   * indexes of their own. `null` where no index tells, or too many may be exceptions.
   */
  async countByExceptions(read: RunStatement, end: ListPosition | null): Promise<number | null> {
    const { paymentId, positionName, states, merchant } = this.#query;
    if (!states?.includes('registered') || paymentId !== undefined || positionName !== undefined) return null;
    const values = new Values();
    const stretch = this.#stretch(values, { end, table: 'd' });
    const text = `SELECT count(*)::double precision AS looked,
        count(*) FILTER (WHERE ${values.all([...this.#chosen(), ...this.#requested()])}
          AND found.state <> ALL (${values.place(states)}::${this.#schema}.entry_state[]))::double precision AS excepted
      FROM (
        (SELECT d.sequence, d.state FROM ${this.#schema}.deliveries AS d
         WHERE NOT d.is_final AND ${stretch} LIMIT ${stride})
        UNION ALL
        (SELECT d.sequence, d.state FROM ${this.#schema}.deliveries AS d
         WHERE d.rejected_at IS NOT NULL AND d.merchant = ${values.place(merchant)} AND ${stretch} LIMIT ${stride})
      ) AS found JOIN ${this.#schema}.entries AS e ON e.sequence = found.sequence`;
    const [exceptions] = await read<{ looked: number; excepted: number }>({ text }, values.given);
    if (!exceptions || exceptions.looked >= stride) return null;
    const { states: _, ...inAnyState } = this.#query;
    const all = new SliceStatements(this.#schema, inAnyState, this.#behind);
    return (await all.count(read, end)) - exceptions.excepted;
  }

  /** Matching entries behind the offset: at least one if there is any, then no more than fits. */
  async rows(read: RunStatement, end: ListPosition | null): Promise<ListedRow[]> {
    const values = new Values();
    const { offset, limit } = this.#query;
    const found = `SELECT e.sequence, e.accepted_at ${this.#matching(values, end)}
        ORDER BY ${order} LIMIT ${values.place(limit)} OFFSET ${values.place(offset)}`;
    return read<ListedRow>({ text: this.#fitting(found) }, values.given);
  }

  /** The entries of these sequences: at least one, then no more than fits. */
  async rowsOf(read: RunStatement, sequences: readonly number[]): Promise<ListedRow[]> {
    const found = `SELECT e.sequence, e.accepted_at FROM ${this.#schema}.entries AS e
      WHERE e.sequence = ANY ($1::bigint[])`;
    return read<ListedRow>({ text: this.#fitting(found) }, [sequences]);
  }

  /** The places of those of these entries that match. */
  async places(
    read: RunStatement,
    sequences: readonly number[],
  ): Promise<Pick<ListedRow, 'sequence' | 'accepted_at'>[]> {
    const values = new Values();
    const text = `SELECT e.sequence::double precision, e.accepted_at::double precision
      ${this.#matching(values, null)} AND e.sequence = ANY (${values.place(sequences)}::bigint[])`;
    return read({ text }, values.given);
  }

  #fitting(found: string): string {
    // What is found is read apart, so that the index alone can tell what is not.
    return `WITH found AS (
        ${found}
      ), sized AS (
        SELECT found.*, pg_column_size(entries.document) AS size
        FROM found JOIN ${this.#schema}.entries ON entries.sequence = found.sequence
      ), fitting AS (
        SELECT e.sequence, sum(e.size) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) - e.size AS before
        FROM sized AS e
      )
      SELECT ${listedColumns.map((column) => `rows.${column}`).join(', ')},
        CASE WHEN rows.state = 'rejected' THEN (
          SELECT newer.id FROM ${this.#schema}.entries AS newer
          WHERE newer.key = ${this.#schema}.entry_key(rows.merchant, '${nextVersionKey('')}' || rows.id)
        ) END AS superseded_by
      FROM fitting JOIN ${this.#schema}.entry_rows AS rows ON rows.raw_sequence = fitting.sequence
      WHERE fitting.before < ${sliceBytes}
      ORDER BY rows.raw_accepted_at DESC, rows.raw_sequence DESC`;
  }

  /** The entries of the slice that match. */
  #matching(values: Values, end: ListPosition | null): string {
    const { positionName, states } = this.#query;
    const isFew = areFew(states);
    // Looked up entry by entry: a join of a slice with all deliveries may read all of them.
    const stateOf = isFew
      ? 'd.state'
      : `(SELECT d.state FROM ${this.#schema}.deliveries AS d WHERE d.sequence = e.sequence)`;
    const conditions = values.all([
      ...this.#chosen(),
      ...this.#requested(),
      [(place) => `strpos(e.position_names, ${place}) > 0`, positionName && positionLines([positionName])],
      [(place) => `${stateOf} = ANY (${place}::${this.#schema}.entry_state[])`, states],
    ]);
    const deliveries = isFew ? `JOIN ${this.#schema}.deliveries AS d ON d.sequence = e.sequence` : '';
    return `FROM ${this.#schema}.entries AS e ${deliveries}
      WHERE ${conditions} AND ${this.#stretch(values, { end })}${isFew ? partialIndexOf(states) : ''}`;
  }

  /** What the entries are chosen by before any is looked at. */
  #chosen(): readonly Filter[] {
    const { merchant, paymentId } = this.#query;
    return [
      [(place) => `e.merchant = ${place}`, merchant],
      [(place) => `e.payment_id = ${place}`, paymentId],
    ];
  }

  /** What the index tells of them. */
  #requested(): readonly Filter[] {
    const { operation, operationType, totalMinor } = this.#query;
    return [
      [(place) => `e.operation = ${place}`, operation],
      [(place) => `e.operation_type = ${place}`, operationType],
      [(place) => `e.total_minor = ${place}`, totalMinor],
    ];
  }

  /** The place of the slice, in the table of entries or in one that repeats when they were accepted. */
  #stretch(values: Values, { end, table = 'e' }: { end: ListPosition | null; table?: string }): string {
    const { acceptedFrom } = this.#query;
    const from = end ?? { acceptedAt: acceptedFrom?.getTime() ?? Number.NEGATIVE_INFINITY, sequence: 0 };
    // The plain bounds follow from the others; only of them the planner knows how few entries they leave.
    return `(${table}.accepted_at, ${table}.sequence) < ${values.position(this.#behind)}
      AND ${table}.accepted_at <= ${values.time(this.#behind.acceptedAt)}
      AND (${table}.accepted_at, ${table}.sequence) >= ${values.position(from)}
      AND ${table}.accepted_at >= ${values.time(from.acceptedAt)}`;
  }
}

/** The values of a statement, in the order of their places. */
class Values {
  readonly given: unknown[] = [];

  place(value: unknown): string {
    this.given.push(value);
    return `$${this.given.length}`;
  }

  /** The conditions of the filters that were asked for. */
  all(filters: readonly Filter[]): string {
    return filters
      .filter(([, value]) => value !== undefined)
      .map(([condition, value]) => condition(this.place(value)))
      .join(' AND ');
  }

  position({ acceptedAt, sequence }: ListPosition): string {
    return `(${this.time(acceptedAt)}, ${this.place(sequence)}::bigint)`;
  }

  /** An infinite time is the last that an exact number can tell. */
  time(milliseconds: number): string {
    const last = Number.MAX_SAFE_INTEGER;
    return `${this.place(Math.min(Math.max(Math.trunc(milliseconds), -last), last))}::bigint`;
  }
}

/** Whether few entries are in these states, and an index of their own names them. */
function areFew(states: readonly EntryState[] | undefined): states is readonly EntryState[] {
  return states !== undefined && (states.every(isUnfinished) || states.every(isRejected));
}

/** Says what a partial index holds, so that it may serve. */
function partialIndexOf(states: readonly EntryState[]): string {
  return states.every(isUnfinished) ? ' AND NOT d.is_final' : ' AND d.rejected_at IS NOT NULL';
}

function isUnfinished(state: EntryState): boolean {
  return state !== 'registered' && state !== 'rejected';
}

function isRejected(state: EntryState): boolean {
  return state === 'rejected';
}
