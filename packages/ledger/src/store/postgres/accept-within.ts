import { types } from 'node:util';
import { FiscalError } from '@fiscalkit/schemas';
import type { Entry, NewEntry } from '../../entry/entry.js';
import { ledgerUnavailable, paymentBusy } from '../errors.js';
import type { AcceptOutcome, PaymentName } from '../ledger-store.js';
import { type AcceptRow, acceptOutcome, documentOfNewEntry } from './accept.js';
import { asLedgerError } from './errors.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import { prepareReads } from './reads.js';
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
export interface AcceptWithinDependencies {
  readonly names: SchemaNames;
  /** How long to wait for another transaction that holds the same names, in milliseconds. */
  readonly waitMs: number;
  /** Reads on a connection that no caller's transaction has or waits for. */
  readonly readAside: RunStatement;
}

/** `seesAll` is false under a fixed snapshot, which may be older than what others have committed. */
type WithinRow = AcceptRow & { readonly seesAll: boolean };

/**
 * The one statement that accepts an entry within the transaction in which it runs, waiting for others that
 * hold the same names. It answers one row: `kind` (`accepted`, `replayed`, `conflict`, `twin`, or `busy`
 * after the longest wait), `id` of the stored entry, `over` (what a conflict is about, the state of a twin),
 * `sequence`. It can't tell whether it runs in a transaction of the caller's or commits by itself. Under a
 * fixed snapshot it fails with 40001 when a twin was committed by a transaction of a caller's after that was
 * taken; one that `accept` took since it does not see.
 */
export function acceptStatement(
  { names: { schema }, waitMs }: Omit<AcceptWithinDependencies, 'readAside'>,
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
 * Accepts an entry within the client's transaction: it is stored when that commits, and never was when that
 * rolls back. A replay or conflict spoils nothing. Throws a `FiscalError` with code `transaction.missing` for a
 * client without an open transaction, or `payment.busy` when another transaction holds a name of the entry for too
 * long; the transaction can go on then. Under a fixed snapshot it ends with a serialization failure (40001) when a twin was committed
 * after that was taken: repeated, it meets the twin.
 */
export async function acceptWithin(
  dependencies: AcceptWithinDependencies,
  client: TransactionClient,
  entry: NewEntry,
): Promise<AcceptOutcome> {
  await assertTransaction(client);
  const run = runWithin(client);
  const { bySequences } = prepareReads(dependencies.names, run);
  const { text, values } = acceptStatement(dependencies, entry);
  try {
    const [row] = await run<WithinRow>({ text }, values);
    if (row?.kind === 'busy') throw paymentBusy();
    if (row?.kind === 'accepted' && !row.seesAll && (await hasTwinAside(dependencies, entry)))
      await run(repeat);
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

/**
 * Whether a twin is there that the caller's snapshot is too old for. The payment is locked, so that no other
 * can come meanwhile.
 */
async function hasTwinAside(
  { names, readAside }: AcceptWithinDependencies,
  entry: NewEntry,
): Promise<boolean> {
  if (!entry.onTwin) return false;
  const { merchant, operation, contentDigest, idempotencyKey, facets } = entry;
  const text = `SELECT id FROM ${names.schema}.live_twin($1, $2, $3, $4, $5, $6)`;
  const document = JSON.stringify(entry.document);
  const twin = [merchant, operation, facets.paymentId, contentDigest, idempotencyKey, document];
  const twins = await readAside(statement(text), twin);
  return twins.length > 0;
}

/** What is read of a payment within a caller's transaction, to accept an entry by it. */
export interface PaymentWithin {
  readonly entry: NewEntry;
  readonly payment: PaymentName;
  readonly limit: number;
}

/**
 * Returns the entries of a payment as they are when this entry is accepted: it holds the entry's names until the
 * client's transaction ends, so that no other takes of the same sale meanwhile. A fixed snapshot shows what the
 * transaction itself has stored, and another connection what was committed since. Throws as `acceptWithin`.
 */
export async function ofPaymentWithin(
  { names, waitMs, readAside }: AcceptWithinDependencies,
  client: TransactionClient,
  { entry, payment, limit }: PaymentWithin,
): Promise<Entry[]> {
  await assertTransaction(client);
  const run = runWithin(client);
  try {
    const [held] = await run<{ isHeld: boolean; seesAll: boolean }>(holdNames(names), [
      JSON.stringify([documentOfNewEntry(entry)]),
      waitMs,
    ]);
    if (held?.isHeld !== true) throw paymentBusy();
    const seen = await prepareReads(names, run).ofPayment(payment, limit);
    if (held.seesAll) return seen;
    const committed = await prepareReads(names, readAside).ofPayment(payment, limit);
    const own = seen.filter(({ id }) => !committed.some((other) => other.id === id));
    return [...committed, ...own].slice(0, limit);
  } catch (error) {
    throw callersError(error);
  }
}

/** Waits as `accept_within` does: no longer than the caller's own `lock_timeout`. */
function holdNames({ schema }: SchemaNames) {
  const ownMs = `extract(epoch FROM current_setting('lock_timeout')::interval) * 1000`;
  return {
    text: `SELECT ${schema}.hold_names($1::text, coalesce(least(nullif(${ownMs}, 0), $2::double precision), $2)) AS "isHeld",
      current_setting('transaction_isolation') = 'read committed' AS "seesAll"`,
  };
}

function runWithin(client: TransactionClient): RunStatement {
  return async <Row>({ text }: { text: string }, values: readonly unknown[] = []) =>
    (await client.query(text, [...values])).rows as Row[];
}

/** What a `pg` client says of its transaction: none (`I`), open (`T`), failed (`E`), or nothing yet. */
export type TransactionStatus = 'I' | 'T' | 'E' | null;

/** A `pg` client in the caller's open transaction; no pool and no ORM manager: each call may go elsewhere. */
export interface TransactionClient {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
  getTransactionStatus(): TransactionStatus;
}

const savepoint = 'fiscalkit_transaction';

/**
 * Resolves when the client has an open transaction, and otherwise throws a `FiscalError` with code
 * `transaction.missing`, or the server's own error for a transaction that has failed. A `pg` client that
 * waits for nothing knows; of any other, the server is asked, because statements that are still under way may
 * begin or end a transaction.
 */
async function assertTransaction(client: TransactionClient): Promise<void> {
  if (knowsOfOpenTransaction(client)) return;
  try {
    // Only within a transaction may there be savepoints.
    await client.query(`SAVEPOINT ${savepoint}`, []);
  } catch (error) {
    throw hasNoTransaction(error) ? transactionMissing(error) : callersError(error);
  }
  await client.query(`RELEASE SAVEPOINT ${savepoint}`, []);
}

/**
 * The transaction is the caller's: that it must be repeated (class 40) or can't go on (class 25) is told in
 * the driver's own words.
 */
function callersError(error: unknown): unknown {
  return /^(?:25|40)/.test(codeOf(error)) ? error : asLedgerError(error);
}

/** `transaction.missing`: nothing was stored, and a receipt would not have been rolled back. */
function transactionMissing(cause: unknown): FiscalError {
  return new FiscalError({
    code: 'transaction.missing',
    message:
      'The client has no open transaction: call BEGIN on it first, and hand over a client, not a pool.',
    retryable: false,
    cause,
  });
}

function knowsOfOpenTransaction(client: TransactionClient): boolean {
  const isIdle = 'readyForQuery' in client && client.readyForQuery === true;
  return isIdle && 'getTransactionStatus' in client && client.getTransactionStatus() === 'T';
}

/** Drivers and ORMs that wrap the server's error keep it as what caused theirs. */
function hasNoTransaction(error: unknown): boolean {
  const causes = types.isNativeError(error) ? [error, error.cause, Reflect.get(error, 'driverError')] : [];
  return causes.some((cause) => codeOf(cause) === '25P01');
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
