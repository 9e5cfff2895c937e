import { openForReading } from './audit/sqlite/open-sqlite-audit.js';
import { type ReceiptReads, storedReceiptOfRow } from './store/receipt-reads.js';
import { asLedgerError } from './store/sqlite/query.js';
import { prepareReceipts } from './store/sqlite/receipts.js';

/** Receipts of a ledger, to be read beside whoever writes it. */
export type ReceiptReader = ReceiptReads & { close(): Promise<void> };

/**
 * Opens the receipts of the ledger in an SQLite file for reading, also beside a gateway; each read sees the
 * newest state. Throws a `FiscalError`: `ledger.missing`, `ledger.damaged`, `ledger.version`,
 * `ledger.unpublished`, `ledger.unavailable`.
 */
export function openSqliteReceipts(path: string): ReceiptReader {
  const database = openForReading(path);
  // Its snapshot would keep the log from being moved into the file for as long as the reading takes.
  database.exec('COMMIT');
  const receipts = prepareReceipts(database);
  const read = async <Answer>(work: () => Answer): Promise<Answer> => {
    try {
      return work();
    } catch (error) {
      throw asLedgerError(error);
    }
  };
  return {
    receiptsOfPayments: (query) => read(() => receipts.receiptsOfPayments(query).map(storedReceiptOfRow)),
    receiptsAccepted: (query) => read(() => receipts.receiptsAccepted(query).map(storedReceiptOfRow)),
    receiptsRegisteredLate: (query) =>
      read(() => receipts.receiptsRegisteredLate(query).map(storedReceiptOfRow)),
    lastSeal: () => read(receipts.lastSeal),
    close: async () => database.close(),
  };
}
