import type { NewEntry } from '../../entry/entry.js';
import type { Dependent } from '../../entry/sale-dependency.js';
import type { AcceptOutcome } from '../ledger-store.js';
import { paymentBusy } from '../payment-busy.js';
import { ledgerUnavailable } from '../unavailable.js';
import { type AcceptRow, acceptOutcome } from './accept-entries.js';
import { assertTransaction, callersError, type TransactionClient } from './caller-transaction.js';
import { documentOfNewEntry } from './document-of-new-entry.js';
import type { RunStatement } from './postgres-database.js';
import { prepareReads } from './read-entries.js';
import { liveTwin } from './schema/accept-function.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

/** A statement for any driver or ORM, in each spelling that one of them takes. */
export interface PlainStatement {
  /** With `$1` where the value goes. */
  readonly text: string;
  /** With `?` where the value goes. */
  readonly questionMarks: string;
  /** What stands around the value, as for a template's tag: `` sql(strings, ...values) ``. */
  readonly strings: TemplateStringsArray;
  /** Of the caller's own, as drivers want it. */
  readonly values: string[];
}

/** How entries are accepted within transactions of callers. */
export interface AcceptWithinParts {
  readonly names: SchemaNames;
  /** How long to wait for another transaction that holds the same names, in milliseconds. */
  readonly waitMs: number;
  /** Reads on a connection that no caller's transaction has or waits for. */
  readonly readAside: RunStatement;
}

/** `seesAll` is false under a fixed snapshot, which may be older than what others have committed. */
type WithinRow = AcceptRow & { readonly seesAll: boolean };

/**
 * The one statement that accepts an entry within the transaction in which it runs, waiting for others that hold the same
 * names. It answers one row: `kind` (`accepted`, `replayed`, `conflict`, `twin`, or `busy` after the longest wait), `id` of the
 * stored entry, `over` (what a conflict is about, the state of a twin), `sequence`. It can't tell whether it runs in a
 * transaction of the caller's or commits by itself. Under a fixed snapshot it fails with 40001 when a twin was committed by a
 * transaction of a caller's after that was taken; one that `accept` took since it does not see.
 */
export function acceptStatement(
  { names: { schema }, waitMs }: Omit<AcceptWithinParts, 'readAside'>,
  entry: NewEntry,
): PlainStatement {
  const before = `SELECT kind, id, "over", sequence, accepted_at, due_at, held,
    current_setting('transaction_isolation') = 'read committed' AS "seesAll" FROM ${schema}.accept_within(`;
  const after = `::text, ${waitMs})`;
  const around = [before, after];
  return {
    text: around.join('$1'),
    questionMarks: around.join('?'),
    strings: Object.assign(around, { raw: [...around] }),
    values: [JSON.stringify([documentOfNewEntry(entry)])],
  };
}

/**
 * Accepts an entry within the client's transaction: it is stored when that commits, and never was when that rolls back. Throws a
 * `FiscalError` with code `transaction.missing` or `payment.busy`; the transaction can go on then. Under a fixed snapshot it ends
 * with a serialization failure (40001) when a twin was committed after that was taken: repeated, it meets the twin.
 */
export async function acceptWithin(
  parts: AcceptWithinParts,
  client: TransactionClient,
  entry: NewEntry,
): Promise<AcceptOutcome> {
  await assertTransaction(client);
  const run = runWithin(client);
  const { bySequences } = prepareReads(parts.names, run);
  const { text, values } = acceptStatement(parts, entry);
  try {
    const [row] = await run<WithinRow>({ text }, values);
    if (row?.kind === 'busy') throw paymentBusy();
    if (row?.kind === 'accepted' && !row.seesAll && (await hasTwinAside(parts, entry))) await run(repeat);
    const readEntry = async (sequence: number) => (await bySequences([sequence]))[0];
    const outcome = row && (await acceptOutcome(entry, row, readEntry));
    if (outcome) return outcome;
  } catch (error) {
    throw callersError(error);
  }
  throw ledgerUnavailable(new Error('The entry that was there first could not be read.'));
}

/** Ends a transaction as the database does when its snapshot is too old for what it writes. */
const repeat = {
  text: `DO $$ BEGIN
    RAISE serialization_failure USING MESSAGE = 'A receipt with the same content was committed meanwhile.';
  END $$`,
};

/** Whether a twin is there that the caller's snapshot is too old for. The payment is locked, so that no other can come meanwhile. */
async function hasTwinAside({ names, readAside }: AcceptWithinParts, entry: NewEntry): Promise<boolean> {
  if (!entry.onTwin) return false;
  const { merchant, operation, contentDigest, idempotencyKey, facets } = entry;
  const text = `SELECT twin.id FROM (
      SELECT $1::text AS merchant, $2::text AS operation, $3::text AS content_digest, $4::text AS payment_id,
        $5::text AS idempotency_key, $6::text AS document
    ) AS new CROSS JOIN LATERAL ${liveTwin(names.schema, 'new')} AS twin`;
  const document = JSON.stringify(entry.document);
  const twin = [merchant, operation, contentDigest, facets.paymentId, idempotencyKey, document];
  const twins = await readAside(statement(text), twin);
  return twins.length > 0;
}

/** Whether there is what an entry depends on, as the client's transaction sees it. */
export async function knowsSaleWithin(
  names: SchemaNames,
  client: TransactionClient,
  entry: Dependent,
): Promise<boolean> {
  try {
    return await prepareReads(names, runWithin(client)).knowsSale(entry);
  } catch (error) {
    throw callersError(error);
  }
}

function runWithin(client: TransactionClient): RunStatement {
  return async <Row>({ text }: { text: string }, values: readonly unknown[] = []) =>
    (await client.query(text, [...values])).rows as Row[];
}
