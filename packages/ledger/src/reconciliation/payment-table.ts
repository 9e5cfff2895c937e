import { DatabaseSync } from 'node:sqlite';
import type { ListedDocument } from '@fiscalkit/client';
import type { FiscalMark } from '@fiscalkit/schemas';
import type { StoredReceipt } from '../store/receipt-reads.js';
import { prepareQuery } from '../store/sqlite/query.js';
import type { Currency, Payment, PaymentRow, PaymentType } from './payment-record.js';

/** Document of a provider, as it is compared. */
export interface ListedRow {
  readonly provider: string;
  readonly documentId: string;
  readonly type: string | null;
  readonly totalMinor: number | null;
  readonly status: ListedDocument['status'];
  readonly mark: FiscalMark | null;
  readonly at: number | null;
}

/** Memory for pages of the table, in KiB; the rest is in a file that the system deletes. */
const cacheKibibytes = 16_384;

/** Payments of one id that are compared: all of an id are in memory at once. */
export const mostParts = 200;

/** Rows of payments that name no currency, and are there with it. */
const repeated = `currency = '' AND EXISTS (
  SELECT 1 FROM payments AS named WHERE named.payment_id = payments.payment_id AND named.type = payments.type
    AND named.amount = payments.amount AND named.at = payments.at AND named.currency = :currency)`;

/**
 * Payments, and the payments of receipts and documents, in a temporary database of SQLite: memory does not grow
 * with them, whatever their order. Nothing of it is left when it is closed, or when the process ends.
 */
export class PaymentTable {
  readonly #database: DatabaseSync;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor() {
    this.#database = new DatabaseSync('');
    this.#database.exec(`PRAGMA cache_size = -${cacheKibibytes}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      CREATE TABLE payments (
        payment_id TEXT NOT NULL, type TEXT NOT NULL, amount INTEGER NOT NULL, at INTEGER NOT NULL,
        currency TEXT NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (payment_id, type, amount, at, currency)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE ids (payment_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      CREATE TABLE made (
        provider TEXT NOT NULL, document_id TEXT NOT NULL, payment_id TEXT NOT NULL, PRIMARY KEY (provider, document_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE listed (
        provider TEXT NOT NULL, document_id TEXT NOT NULL, payment_id TEXT NOT NULL, type TEXT, total INTEGER,
        status TEXT, mark TEXT, at INTEGER, PRIMARY KEY (provider, document_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX listed_by_payment ON listed (payment_id);
      BEGIN`);
    this.#queries = prepareQueries(this.#database);
  }

  /** Adds a payment, unless it is there already or its id has as many parts as are compared. */
  addPayment({
    paymentId,
    type,
    amountMinor,
    time,
    line,
    currency,
  }: Payment): 'added' | 'duplicate' | 'parts' {
    const row = { paymentId, type, amount: amountMinor, at: time.getTime(), line, currency: currency ?? '' };
    if (this.#queries.isThere.one(row)) return 'duplicate';
    if (this.#queries.addPayment.run({ ...row, others: mostParts - 1 }) === 0) return 'parts';
    this.#queries.addId.run({ paymentId });
    return 'added';
  }

  /** Removes the payments in another currency, when their lines were told. */
  removeOthers(currency: Currency, tell: (line: number) => void): void {
    for (const { line } of this.#queries.others.each({ currency })) tell(line);
    this.#queries.removeOthers.run({ currency });
  }

  /** Removes the payments without a currency that stand there with it, too, when their lines were told. */
  removeRepeated(currency: Currency, tell: (line: number) => void): void {
    for (const { line } of this.#queries.repeated.each({ currency })) tell(line);
    this.#queries.removeRepeated.run({ currency });
  }

  /** Currency of the first payment that names one. */
  firstCurrency(): Currency | null {
    return this.#queries.firstCurrency.one()?.currency ?? null;
  }

  /** Adds the payment of a receipt, and which document of a provider it is. */
  addReceipt({ paymentId: written, provider, providerDocumentId, registration }: StoredReceipt): void {
    const paymentId = written.normalize('NFC');
    this.#queries.addId.run({ paymentId });
    const documentId = providerDocumentId ?? registration?.providerDocumentId ?? null;
    if (documentId !== null) this.#queries.addMade.run({ provider, documentId, paymentId });
  }

  /** Adds a document that a provider shows, to the payment of our receipt where it is of one. */
  addListed(provider: string, document: ListedDocument): void {
    const { providerDocumentId: documentId, operationType: type, totalMinor: total, status } = document;
    const ours = this.#queries.madeFor.one({ provider, documentId });
    const paymentId = ours?.paymentId ?? document.paymentId?.normalize('NFC') ?? `document:${documentId}`;
    const mark = document.mark && JSON.stringify(document.mark);
    const at = document.createdAt?.getTime() ?? null;
    this.#queries.addListed.run({ provider, documentId, paymentId, type, total, status, mark, at });
    this.#queries.addId.run({ paymentId });
  }

  get size(): number {
    return this.#queries.size.one()?.size ?? 0;
  }

  /** Ids of payments behind this one, in their order. */
  idsBehind(paymentId: string, limit: number): string[] {
    return this.#queries.idsBehind.all({ paymentId, limit }).map((row) => row.paymentId);
  }

  paymentsOf(paymentIds: readonly string[]): Map<string, PaymentRow[]> {
    const rows = this.#queries.paymentsOf.all({ paymentIds: JSON.stringify(paymentIds) });
    return Map.groupBy(rows, ({ paymentId }) => paymentId);
  }

  listedOf(paymentIds: readonly string[]): Map<string, ListedRow[]> {
    const rows = this.#queries.listedOf.all({ paymentIds: JSON.stringify(paymentIds) });
    const listed = rows.map(({ mark, ...row }) => ({
      ...row,
      mark: mark === null ? null : JSON.parse(mark),
    }));
    return Map.groupBy(listed, ({ paymentId }) => paymentId);
  }

  close(): void {
    this.#database.close();
  }
}

type WithPayment<Row> = Row & { readonly paymentId: string };
type StoredListed = Omit<ListedRow, 'mark'> & { readonly mark: string | null };

function prepareQueries(database: DatabaseSync) {
  return {
    addPayment: prepareQuery(
      database,
      `INSERT INTO payments
       SELECT :paymentId, :type, CAST(:amount AS INTEGER), CAST(:at AS INTEGER), :currency, CAST(:line AS INTEGER)
       WHERE NOT EXISTS (SELECT 1 FROM payments WHERE payment_id = :paymentId LIMIT 1 OFFSET CAST(:others AS INTEGER))`,
    ),
    isThere: prepareQuery<{ line: number }>(
      database,
      `SELECT line FROM payments WHERE payment_id = :paymentId AND type = :type AND amount = CAST(:amount AS INTEGER)
         AND at = CAST(:at AS INTEGER) AND currency = :currency`,
    ),
    addId: prepareQuery(database, 'INSERT INTO ids VALUES (:paymentId) ON CONFLICT DO NOTHING'),
    addMade: prepareQuery(
      database,
      'INSERT INTO made VALUES (:provider, :documentId, :paymentId) ON CONFLICT DO NOTHING',
    ),
    madeFor: prepareQuery<{ paymentId: string }>(
      database,
      'SELECT payment_id AS "paymentId" FROM made WHERE provider = :provider AND document_id = :documentId',
    ),
    addListed: prepareQuery(
      database,
      `INSERT INTO listed VALUES (:provider, :documentId, :paymentId, :type, :total, :status, :mark, :at)
       ON CONFLICT DO NOTHING`,
    ),
    others: prepareQuery<{ line: number }>(
      database,
      "SELECT line FROM payments WHERE currency NOT IN ('', :currency)",
    ),
    removeOthers: prepareQuery(database, "DELETE FROM payments WHERE currency NOT IN ('', :currency)"),
    repeated: prepareQuery<{ line: number }>(database, `SELECT line FROM payments WHERE ${repeated}`),
    removeRepeated: prepareQuery(database, `DELETE FROM payments WHERE ${repeated}`),
    firstCurrency: prepareQuery<{ currency: Currency }>(
      database,
      "SELECT currency FROM payments WHERE currency <> '' ORDER BY line LIMIT 1",
    ),
    size: prepareQuery<{ size: number }>(database, 'SELECT count(*) AS size FROM ids'),
    idsBehind: prepareQuery<{ paymentId: string }>(
      database,
      `SELECT payment_id AS "paymentId" FROM ids WHERE payment_id > :paymentId
       ORDER BY payment_id LIMIT CAST(:limit AS INTEGER)`,
    ),
    paymentsOf: prepareQuery<WithPayment<PaymentRow & { readonly type: PaymentType }>>(
      database,
      `SELECT payment_id AS "paymentId", type, amount AS "amountMinor", at, line FROM payments
       WHERE payment_id IN (SELECT value FROM json_each(:paymentIds)) ORDER BY line`,
    ),
    listedOf: prepareQuery<WithPayment<StoredListed>>(
      database,
      `SELECT payment_id AS "paymentId", provider, document_id AS "documentId", type, total AS "totalMinor",
         status, mark, at FROM listed
       WHERE payment_id IN (SELECT value FROM json_each(:paymentIds)) ORDER BY provider, document_id`,
    ),
  };
}
