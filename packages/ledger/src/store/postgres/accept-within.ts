import type { NewEntry } from '../../entry/entry.js';
import type { AcceptOutcome } from '../ledger-store.js';
import { ledgerUnavailable } from '../unavailable.js';
import { type AcceptRow, acceptOutcome } from './accept-entries.js';
import { documentOfNewEntry } from './document-of-new-entry.js';
import { asLedgerError } from './ledger-error.js';
import type { RunStatement } from './postgres-database.js';
import { prepareReads } from './read-entries.js';
import type { SchemaNames } from './schema/schema-names.js';

/** What can run a statement inside the caller's transaction: a `pg` client, or anything that looks like one. */
export interface TransactionClient {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
}

/** A statement for any driver or ORM. */
export interface PlainStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The one statement that accepts an entry within the transaction in which it runs, waiting for others that hold the same
 * names. It answers one row: `kind` (`accepted`, `replayed`, `conflict` or `twin`), `id` of the stored entry, `over` (what a
 * conflict is about, the state of a twin), `sequence`.
 */
export function acceptStatement({ schema }: SchemaNames, entry: NewEntry): PlainStatement {
  return {
    text: `SELECT kind, id, "over", sequence, accepted_at, due_at FROM ${schema}.accept($1::text, true, '')`,
    values: [JSON.stringify([documentOfNewEntry(entry)])],
  };
}

/** Accepts an entry within the client's transaction: it is stored when that commits, and never was when that rolls back. */
export async function acceptWithin(
  names: SchemaNames,
  client: TransactionClient,
  entry: NewEntry,
): Promise<AcceptOutcome> {
  const run: RunStatement = async <Row>({ text }: { text: string }, values: readonly unknown[] = []) =>
    (await client.query(text, [...values])).rows as Row[];
  const { bySequences } = prepareReads(names, run);
  const { text, values } = acceptStatement(names, entry);
  try {
    const [row] = await run<AcceptRow>({ text }, values);
    const readEntry = async (sequence: number) => (await bySequences([sequence]))[0];
    const outcome = row && (await acceptOutcome(entry, row, readEntry));
    if (outcome) return outcome;
  } catch (error) {
    throw isForTheCaller(error) ? error : asLedgerError(error);
  }
  throw ledgerUnavailable(new Error('The entry that was there first could not be read.'));
}

/** The transaction is the caller's: that it must be repeated (class 40) or can't go on (class 25) is told in the driver's own words. */
function isForTheCaller(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:25|40)/.test(String(error.code));
}
