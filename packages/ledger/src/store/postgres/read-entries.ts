import type { Entry } from '../../entry/entry.js';
import { type Dependent, saleDependency } from '../../entry/sale-dependency.js';
import { nextVersionKey } from '../../interventions/next-version-key.js';
import type { JournalRow } from '../../journal/journal-row.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import { type JournalTableRow, journalRowOf } from '../journal-row-of.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { waitsForNone } from './schema/waits-for-none.js';
import { statement } from './statement.js';

/** Prepares the reads of single entries and what belongs to them. */
export function prepareReads({ schema }: SchemaNames, read: RunStatement) {
  const byId = statement(`SELECT * FROM ${schema}.entry_rows WHERE id = $1 AND merchant = $2`);
  const byIdAlone = statement(`SELECT * FROM ${schema}.entry_rows WHERE id = $1`);
  const byKey = statement(`
    SELECT entry_rows.* FROM ${schema}.names JOIN ${schema}.entry_rows ON entry_rows.raw_sequence = names.sequence
    WHERE names.name = $1 AND names.kind = 'key' AND names.merchant = $2`);
  const bySequence = statement(`SELECT * FROM ${schema}.entry_rows WHERE raw_sequence = ANY ($1::bigint[])`);
  // Entries with the same ordering key are of the same payment, and by that they are found.
  const bound = statement(`
    SELECT provider_document_id AS id FROM ${schema}.entry_rows
    WHERE payment_id = $1 AND ordering_key = $2 AND provider_document_id IS NOT NULL AND raw_sequence <> $3`);
  const journal = statement(`
    SELECT position::double precision, entry_id, version, ${schema}.milliseconds(at) AS at, from_state, to_state,
      details, hash
    FROM ${schema}.journal WHERE entry_id = $1 ORDER BY version`);
  const knowsSale = statement(`SELECT ${schema}.sale_state($1, $2, $3, $4) IS NOT NULL AS known`);
  // An entry that waits for an earlier one can have a due time: one that was accepted under a fixed snapshot.
  const nextDue = statement(`
    SELECT greatest(0, ceil(${schema}.milliseconds(due_at) - ${schema}.milliseconds(clock_timestamp()))) AS due_in_ms
    FROM ${schema}.deliveries AS d
    WHERE provider = $1 AND due_at IS NOT NULL AND ${waitsForNone(schema)}
    ORDER BY due_at LIMIT 1`);

  return {
    async get(merchant: string, id: string): Promise<Entry | null> {
      const [row] = await read<EntryRow>(byId, [id, merchant]);
      return row ? entryOfRow(row) : null;
    },
    async entry(id: string): Promise<Entry | null> {
      const [row] = await read<EntryRow>(byIdAlone, [id]);
      return row ? entryOfRow(row) : null;
    },
    async knowsSale(entry: Dependent): Promise<boolean> {
      const dependsOn = saleDependency(entry);
      if (dependsOn === null) return true;
      const sale = [entry.merchant, entry.facets.paymentId, entry.facets.operationType, dependsOn];
      const [answer] = await read<{ known: boolean }>(knowsSale, sale);
      return answer?.known ?? false;
    },
    async successor({ merchant, id }: Pick<Entry, 'merchant' | 'id'>): Promise<Entry | null> {
      const [row] = await read<EntryRow>(byKey, [nextVersionKey(id), merchant]);
      return row ? entryOfRow(row) : null;
    },
    /** The entries of these sequences, in their order. */
    async bySequences(sequences: readonly number[]): Promise<(Entry | undefined)[]> {
      const rows = await read<EntryRow>(bySequence, [sequences]);
      const found = new Map(rows.map((row) => [row.sequence, entryOfRow(row)]));
      return sequences.map((sequence) => found.get(sequence));
    },
    async boundDocumentIds({ facets, orderingKey, sequence }: Entry): Promise<Set<string>> {
      const rows = await read<{ id: string }>(bound, [facets.paymentId, orderingKey, sequence]);
      return new Set(rows.map(({ id }) => id));
    },
    async journal(id: string): Promise<JournalRow[]> {
      return (await read<JournalTableRow>(journal, [id])).map(journalRowOf);
    },
    async nextDueInMs(provider: string): Promise<number | null> {
      const [next] = await read<{ due_in_ms: number }>(nextDue, [provider]);
      return next?.due_in_ms ?? null;
    },
  };
}
