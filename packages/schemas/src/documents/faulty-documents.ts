import { faultyAnorConfirmations, faultyPaymentConfirmations } from '../examples/faulty-confirmations.js';
import { faultyQueries } from '../examples/faulty-queries.js';
import { doubtfulReceipts, type FaultyDocument, faultyReceipts } from '../examples/faulty-receipts.js';

/** By name of the document: examples that break exactly one rule each, or pass with exactly one warning. */
export const faultyDocuments: Readonly<Record<string, readonly FaultyDocument[]>> = {
  receipt: [...faultyReceipts, ...doubtfulReceipts],
  'receipt-list-query': faultyQueries,
  'confirmation-anor': faultyAnorConfirmations,
  'confirmation-click': faultyPaymentConfirmations,
  'confirmation-payme': faultyPaymentConfirmations,
  'confirmation-uzum': faultyPaymentConfirmations,
};
