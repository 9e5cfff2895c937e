import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from './query.js';

/** Prepares a write that changes nothing and takes about as much room as an accept: newest entries with all their indexes. */
export function prepareTryWrite(database: DatabaseSync): () => void {
  const version = prepareQuery<{ user_version: number }>(database, 'PRAGMA user_version');
  const rewrite = prepareQuery(
    database,
    `UPDATE entries SET id = id, merchant = merchant, provider = provider, account = account, idempotency_key = idempotency_key,
       ordering_key = ordering_key, payment_id = payment_id, accepted_at = accepted_at, changed_at = changed_at,
       due_at = due_at, worker = worker, provider_document_id = provider_document_id
     WHERE sequence > (SELECT max(sequence) - 20 FROM entries)`,
  );
  return () => {
    rewrite.run();
    // An empty ledger has a page to write as well.
    database.exec(`PRAGMA user_version = ${version.one()?.user_version ?? 0}`);
  };
}
