import { receiptState } from '../freedompay/receipt-state.js';
import type { ConfirmationEntry } from '../records/confirmation-book.js';
import type { ReceiptRecord } from '../records/receipt-record.js';
import type { RecordBook } from '../records/record-book.js';
import type { CallCounters } from './call-counters.js';
import type { Journal, JournalFilter, JournalledConfirmation, JournalledReceipt } from './journal.js';

interface JournalSource {
  readonly records: RecordBook;
  readonly counters: CallCounters;
  readonly now: Date;
}

/** The journal as it stands at a given time. */
export function readJournal({ records, counters, now }: JournalSource, filter: JournalFilter): Journal {
  const { paymentId } = filter;
  const confirmations = records.confirmations
    .list()
    .filter(({ record }) => paymentId === undefined || record.paymentId === paymentId);
  return {
    receipts: records.receipts.list(paymentId).map((record) => journalledReceipt(record, now)),
    confirmations: confirmations.map(journalledConfirmation),
    requests: counters.snapshot(),
  };
}

function journalledReceipt(record: ReceiptRecord, now: Date): JournalledReceipt {
  const { receipt, fate } = record;
  const status = receiptState(record, now);
  const registration = status === 'registered' && fate.kind === 'registers' ? fate : null;
  return {
    receipt_id: record.receiptId,
    merchant_id: record.merchantId,
    payment_id: receipt.payment_id,
    operation_type: receipt.operation_type,
    total: receipt.total,
    positions: receipt.positions,
    status,
    created_at: isoTime(record.createdAt),
    registered_at: registration === null ? null : isoTime(registration.at),
    mark: registration?.mark ?? null,
    link: registration?.link ?? null,
    writing: record.writing ?? [],
  };
}

function journalledConfirmation({ record, repeats }: ConfirmationEntry): JournalledConfirmation {
  const { wallet, paymentId, link, at } = record;
  return { wallet, payment_id: paymentId, qr_code: link, at: isoTime(at), repeats };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
