import {
  type AnyOpenEmulator,
  type EmulatorJournal,
  type EmulatorName,
  emulatorNames,
} from '../emulators/emulators.js';
import { type EndpointName, endpointNames } from '../faults/endpoint-name.js';
import { type ReceiptRecord, receiptState } from '../records/record.js';
import type { ConfirmationEntry, RecordRepository } from '../records/record-repository.js';
import type { Journal, JournalFilter, JournalledConfirmation, JournalledReceipt } from './journal.js';

interface JournalSource {
  readonly records: RecordRepository;
  readonly counters: CallCounters;
  readonly emulated: Readonly<Record<EmulatorName, AnyOpenEmulator>>;
  readonly now: Date;
}

/** Returns the journal at a given time. */
export function readJournal(
  { records, counters, emulated, now }: JournalSource,
  filter: JournalFilter,
): Journal {
  const { paymentId } = filter;
  const confirmations = records.confirmations
    .list()
    .filter(({ record }) => paymentId === undefined || record.paymentId === paymentId);
  return {
    receipts: records.receipts.list(paymentId).map((record) => journalledReceipt(record, now)),
    confirmations: confirmations.map(journalledConfirmation),
    ...journalOfEmulated(emulated, now, paymentId),
    requests: counters.snapshot(),
  };
}

function journalOfEmulated(
  emulated: JournalSource['emulated'],
  now: Date,
  reference: string | undefined,
): EmulatorJournal {
  const documents = emulatorNames.map((name) => [name, emulated[name].journal(now, reference)]);
  const callbacks = emulatorNames.map((name) => [
    `${name}Callbacks`,
    emulated[name].callbacks.sent.filter(
      ({ external_id }) => reference === undefined || external_id === reference,
    ),
  ]);
  return Object.fromEntries([...documents, ...callbacks]);
}

function journalledReceipt(record: ReceiptRecord, now: Date): JournalledReceipt {
  const { receipt, outcome } = record;
  const status = receiptState(record, now);
  const registration = status === 'registered' && outcome.kind === 'registers' ? outcome : null;
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

/** Counters of calls by endpoint, including those with a fault. */
export class CallCounters {
  readonly #counts = new Map<EndpointName, number>();

  count(endpoint: EndpointName): void {
    this.#counts.set(endpoint, (this.#counts.get(endpoint) ?? 0) + 1);
  }

  reset(): void {
    this.#counts.clear();
  }

  /** Returns the counters of all endpoints, zeros included. */
  snapshot(): Record<EndpointName, number> {
    const entries = endpointNames.map((name) => [name, this.#counts.get(name) ?? 0]);
    return Object.fromEntries(entries);
  }
}
