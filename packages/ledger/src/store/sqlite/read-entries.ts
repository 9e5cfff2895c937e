import type { DatabaseSync } from 'node:sqlite';
import type { Entry } from '../../entry/entry.js';
import { nextVersionKey } from '../../interventions/next-version-key.js';
import type { JournalRow } from '../../journal/journal-row.js';
import type { EntryRow } from '../entry-row.js';
import { type JournalTableRow, journalRowOf } from '../journal-row-of.js';
import { prepareQuery } from './query.js';

/** What names one entry to its merchant. */
type NamedEntry = Pick<Entry, 'merchant' | 'id'>;

/** Where an entry stands among those of its payment. */
type PlaceInOrder = Pick<Entry, 'orderingKey' | 'sequence'> & Pick<Entry['facets'], 'paymentId'>;

/** Prepares the reads of single entries and what belongs to them. */
export function prepareReads(database: DatabaseSync) {
  const byId = prepareQuery<EntryRow>(
    database,
    'SELECT * FROM entries WHERE id = :id AND merchant = :merchant',
  );
  const byIdAlone = prepareQuery<EntryRow>(database, 'SELECT * FROM entries WHERE id = :id');
  const byKey = prepareQuery<EntryRow>(
    database,
    'SELECT * FROM entries WHERE merchant = :merchant AND idempotency_key = :key',
  );
  const bound = prepareQuery<{ id: string }>(
    database,
    // Entries with the same ordering key are of the same payment, and by that they are found.
    `SELECT provider_document_id AS id FROM entries WHERE payment_id = :paymentId AND ordering_key = :orderingKey
     AND provider_document_id IS NOT NULL AND sequence <> :sequence`,
  );
  const journal = prepareQuery<JournalTableRow>(
    database,
    'SELECT * FROM journal WHERE entry_id = :id ORDER BY version',
  );

  return {
    get: (name: NamedEntry): EntryRow | null => byId.one(name) ?? null,
    entry: (id: string): EntryRow | null => byIdAlone.one({ id }) ?? null,
    successor: ({ merchant, id }: NamedEntry): EntryRow | null =>
      byKey.one({ merchant, key: nextVersionKey(id) }) ?? null,
    boundDocumentIds: (place: PlaceInOrder): Set<string> => new Set(bound.all(place).map(({ id }) => id)),
    journal: (id: string): JournalRow[] => journal.all({ id }).map(journalRowOf),
  };
}
