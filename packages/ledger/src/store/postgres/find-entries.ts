import type { EntryState } from '../../entry/entry.js';
import { type EntryRow, entryOfRow } from '../entry-row.js';
import {
  type Candidates,
  type EntrySearch,
  everywhere,
  mergeCandidates,
  partSize,
  rangesOfParts,
  type SearchSlice,
  type SequenceRange,
} from '../entry-search.js';
import { storedKeysOf } from '../search-hashes.js';
import type { SearchTerm } from '../search-term.js';
import { entryKey } from './entry-numbers.js';
import type { RunStatement } from './postgres-database.js';
import { statement } from './statement.js';

/** Sequences that a source is requested for at once. */
const batch = 500;

/** Groups that are read one beside the other; where more match, entries are looked at as they come. */
const mostGroups = 64;

/** Unfinished entries that are put in order; where there are more, entries are looked at as they come. */
const mostUnfinished = 2_000;

/** Entries of one payment that are put in order at once. */
const mostOfPayment = 1_000;

/** Parts in which the keys of the newest entries are looked up at once; further back it is more each time. */
const leastParts = 64;

/** Reads sequences in a range, the newest first. */
type Source = (range: SequenceRange) => Promise<Candidates>;

/** Prepares the search for entries; each slice is a few short statements. */
export function prepareFindEntries(schema: string, read: RunStatement) {
  const passing = statement(`
    WITH passing AS MATERIALIZED (
      SELECT d.sequence FROM unnest($1::bigint[]) AS candidate (sequence)
      JOIN ${schema}.deliveries AS d ON d.sequence = candidate.sequence
      JOIN ${schema}.entries AS e ON e.sequence = candidate.sequence
      WHERE ($3::${schema}.entry_state[] IS NULL OR d.state = ANY ($3))
      AND ($4::text IS NULL OR d.reason_code = $4) AND ($5::text IS NULL OR d.merchant = $5)
      AND ($6::text IS NULL OR d.provider = $6) AND ($7::text IS NULL OR d.account = $7)
      AND ($8::text IS NULL OR e.operation = $8) AND ($9::text IS NULL OR e.operation_type = $9)
      AND ($10::bigint IS NULL OR d.accepted_at >= $10) AND ($11::bigint IS NULL OR d.accepted_at < $11)
      ORDER BY d.sequence DESC LIMIT $2
    )
    SELECT rows.* FROM passing JOIN ${schema}.entry_rows AS rows ON rows.raw_sequence = passing.sequence
    ORDER BY passing.sequence DESC`);
  const rangesOf = prepareRanges(schema, read);
  const sourceOf = prepareSources(schema, read);

  return async (search: EntrySearch): Promise<SearchSlice> => {
    const { filter, limit } = search;
    const before = search.before ?? everywhere.high;
    const ranges = await rangesOf(filter);
    const place = ranges.findIndex(({ low }) => low < before);
    const range = ranges[place];
    if (!range) return { entries: [], next: null };
    const { low, high } = range;
    const { sequences, end } = await sourceOf(search, { low, high: Math.min(before, high) });
    const rows =
      sequences.length === 0
        ? []
        : await read<EntryRow>(passing, [
            sequences,
            limit,
            filter.states ?? null,
            filter.reason ?? null,
            filter.merchant ?? null,
            filter.provider ?? null,
            filter.account ?? null,
            filter.operation ?? null,
            filter.operationType ?? null,
            filter.acceptedFrom?.getTime() ?? null,
            filter.acceptedBefore?.getTime() ?? null,
          ]);
    const isLast = end <= low && place === ranges.length - 1;
    const entries = rows.map(entryOfRow);
    if (rows.length === limit) return { entries, next: rows.at(-1)?.sequence ?? null };
    return { entries, next: isLast ? null : end };
  };
}

/** Prepares the ranges in which there can be entries of the filter's time. */
function prepareRanges(schema: string, read: RunStatement) {
  const parts = statement(`
    SELECT part, (SELECT max(part) FROM ${schema}.search_parts) AS last FROM ${schema}.search_parts
    WHERE ($1::bigint IS NULL OR last_at >= $1) AND ($2::bigint IS NULL OR first_at < $2)`);
  const last = statement(`SELECT max(part) AS last FROM ${schema}.search_parts`);
  return async ({
    acceptedFrom,
    acceptedBefore,
  }: EntrySearch['filter']): Promise<readonly SequenceRange[]> => {
    if (!acceptedFrom && !acceptedBefore) return [everywhere];
    const values = [acceptedFrom?.getTime() ?? null, acceptedBefore?.getTime() ?? null];
    const found = await read<{ part: number }>(parts, values);
    const [newest] = await read<{ last: number | null }>(last);
    return rangesOfParts(
      found.map(({ part }) => part),
      newest?.last ?? null,
    );
  };
}

/** Prepares the sources of sequences; what names the fewest entries goes first. */
function prepareSources(schema: string, read: RunStatement) {
  const inOrder = (table: string, condition: string) =>
    statement(`SELECT s.sequence::double precision FROM ${schema}.${table} AS s
      WHERE s.sequence >= $1::bigint AND s.sequence < $2::bigint AND ${condition}
      ORDER BY s.sequence DESC LIMIT ${batch}`);
  const byReason = inOrder('deliveries', 's.reason_code IS NOT NULL AND s.reason_code = $3');
  const rejected = inOrder('deliveries', 's.rejected_at IS NOT NULL');
  const doubtful = inOrder('deliveries', `s.doubtful IS NOT NULL AND s.doubtful = $3::${schema}.entry_state`);
  const unfinished = statement(`
    SELECT sequence::double precision FROM ${schema}.deliveries WHERE NOT is_final LIMIT ${mostUnfinished + 1}`);
  const ofGroups = statement(`
    SELECT found.sequence::double precision FROM unnest($3::integer[]) AS requested (number) CROSS JOIN LATERAL (
      SELECT s.sequence FROM ${schema}.search_entries AS s
      WHERE s.number = requested.number AND s.sequence >= $1::bigint AND s.sequence < $2::bigint
      ORDER BY s.sequence DESC LIMIT ${batch}
    ) AS found ORDER BY found.sequence DESC LIMIT ${batch}`);
  const all = inOrder('deliveries', 'true');
  const groups = statement(`
    SELECT number FROM ${schema}.search_groups
    WHERE ($1::text IS NULL OR merchant = $1) AND ($2::text IS NULL OR provider = $2)
    AND ($3::text IS NULL OR account = $3) AND ($4::text IS NULL OR operation = $4)
    AND ($5::text IS NULL OR operation_type = $5) LIMIT ${mostGroups + 1}`);
  const termSource = prepareTermSource(schema, read);

  const candidates = async (
    requested: ReturnType<typeof statement>,
    { low, high }: SequenceRange,
    values: readonly unknown[] = [],
  ): Promise<Candidates> => {
    const rows = await read<{ sequence: number }>(requested, [low, high, ...values]);
    const sequences = [...new Set(rows.map(({ sequence }) => sequence))];
    return { sequences, end: rows.length < batch ? low : (sequences.at(-1) ?? low) };
  };

  /** `null` where too many are in these states for them to be put in order. */
  async function ofStates(states: readonly EntryState[], range: SequenceRange): Promise<Candidates | null> {
    const sources = states.includes('rejected') ? [candidates(rejected, range)] : [];
    const waiting = states.filter((state) => state !== 'rejected');
    if (waiting.every((state) => state === 'unknown' || state === 'parked')) {
      sources.push(...waiting.map((state) => candidates(doubtful, range, [state])));
    } else {
      const few = await read<{ sequence: number }>(unfinished);
      if (few.length > mostUnfinished) return null;
      const { low, high } = range;
      const sequences = few
        .map(({ sequence }) => sequence)
        .filter((sequence) => sequence >= low && sequence < high);
      sources.push(Promise.resolve({ sequences, end: low }));
    }
    return mergeCandidates([{ sequences: [], end: range.low }, ...(await Promise.all(sources))]);
  }

  return async ({ term, filter, merchants }: EntrySearch, range: SequenceRange): Promise<Candidates> => {
    const { states, reason, merchant, provider, account, operation, operationType } = filter;
    if (term) return termSource(term, merchant === undefined ? merchants : [merchant])(range);
    if (reason !== undefined) return candidates(byReason, range, [reason]);
    const found = states && !states.includes('registered') ? await ofStates(states, range) : null;
    if (found) return found;
    const requested = [merchant, provider, account, operation, operationType].map((value) => value ?? null);
    if (requested.every((value) => value === null)) return candidates(all, range);
    const numbers = (await read<{ number: number }>(groups, requested)).map(({ number }) => number);
    if (numbers.length > mostGroups) return candidates(all, range);
    return candidates(ofGroups, range, [numbers]);
  };
}

/** Prepares the source of what a person looks for. */
function prepareTermSource(schema: string, read: RunStatement) {
  const named = statement(`
    SELECT sequence::double precision FROM ${schema}.entries WHERE id = $1
    UNION ALL
    SELECT sequence::double precision FROM ${schema}.entries WHERE key = ANY ($2::uuid[])`);
  const ofPayment = statement(`
    SELECT sequence::double precision FROM ${schema}.entries
    WHERE payment_id = $3 AND sequence >= $1::bigint AND sequence < $2::bigint
    ORDER BY entries.sequence DESC LIMIT ${mostOfPayment}`);
  const newest = statement(`SELECT max(part) AS part FROM ${schema}.search_parts`);
  const underKeys = statement(`
    SELECT ((found.key >> 42 << 12) | (found.key & ${partSize - 1}))::double precision AS sequence
    FROM generate_series($1::bigint, $2::bigint) AS part CROSS JOIN unnest($3::bigint[]) AS hash CROSS JOIN LATERAL (
      SELECT k.key FROM ${schema}.search_keys AS k
      WHERE k.key BETWEEN (part << 42) | (hash << 12) AND (part << 42) | (hash << 12) | ${partSize - 1}
      ORDER BY k.key DESC LIMIT ${batch}
    ) AS found ORDER BY 1 DESC LIMIT ${batch}`);

  return (term: SearchTerm, merchants: readonly string[]): Source => {
    const { text, id, hashes } = term;
    // No text of an entry has this character, and the server takes none that has.
    if (text.includes('\0')) return async ({ low }) => ({ sequences: [], end: low });
    return async ({ low, high }) => {
      const keys = merchants.flatMap((merchant) => storedKeysOf(text).map((key) => entryKey(merchant, key)));
      const [exact, payments, [last]] = await Promise.all([
        read<{ sequence: number }>(named, [id, keys]),
        read<{ sequence: number }>(ofPayment, [low, high, text]),
        read<{ part: number | null }>(newest),
      ]);
      const sequencesOf = (rows: readonly { readonly sequence: number }[]) =>
        rows.map(({ sequence }) => sequence).filter((sequence) => sequence >= low && sequence < high);
      return mergeCandidates([
        { sequences: sequencesOf(exact), end: low },
        {
          sequences: sequencesOf(payments),
          end: payments.length < mostOfPayment ? low : (payments.at(-1)?.sequence ?? low),
        },
        await keyed({ low, high }, last?.part ?? -1),
      ]);
    };

    async function keyed({ low, high }: SequenceRange, lastPart: number): Promise<Candidates> {
      const top = Math.min(Math.floor((high - 1) / partSize), lastPart);
      const bottom = Math.max(0, Math.floor(low / partSize), top - leastParts - 4 * (lastPart - top));
      if (top < bottom) return { sequences: [], end: low };
      const rows = await read<{ sequence: number }>(underKeys, [bottom, top, hashes]);
      const found = rows.map(({ sequence }) => sequence);
      const end = found.length < batch ? bottom * partSize : (found.at(-1) ?? low);
      const sequences = found.filter((sequence) => sequence >= low && sequence < high);
      return { sequences, end: Math.max(low, end) };
    }
  };
}
