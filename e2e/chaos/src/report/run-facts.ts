import { arch, availableParallelism, platform } from 'node:os';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { plannedContentKey, plannedPaymentKey } from '../checker/identity.js';
import type { Plan } from '../generator/plan.js';
import type { PlannedDocument, PlannedReceipt } from '../generator/planned-document.js';

/** Counts the contents of a plan, as the report names them, without the documents that were not made. */
export function countPlan(
  { sequences, requests }: Plan,
  documents: readonly PlannedDocument[],
): Record<string, number> {
  const operations = sequences.flatMap((sequence) => sequence.operations);
  const accepts = operations.filter((operation) => operation.kind === 'accept');
  const derived = operations.filter((operation) => operation.kind === 'derive');
  const receipts = documents.filter((document) => document.kind === 'receipt');
  const refunds = receipts.filter(({ operation }) => operation === 'sell_refund').length;
  const corrections = receipts.filter(({ ground }) => ground !== null);
  const payments = Map.groupBy(receipts, ({ merchant, paymentId }) => `${merchant} ${paymentId}`);
  return {
    sales: receipts.length - refunds - corrections.length,
    refunds,
    corrections: corrections.length,
    'by order': corrections.filter(({ ground }) => ground?.type === 'instruction').length,
    'of no payment': corrections.filter(({ paymentId }) => paymentId === '').length,
    payments: payments.size,
    'of three documents or more': [...payments.values()].filter(({ length }) => length > 2).length,
    'equal to another of their payment': countEqual(receipts),
    'closing a prepayment': receipts.filter(({ settlement }) => settlement === 'prepayment').length,
    'made from another by the ledger': receipts.filter(({ isDerived }) => isDerived).length,
    'requests for these, some of which are refused': derived.reduce(
      (sum, { requests }) => sum + requests.length,
      0,
    ),
    confirmations: documents.length - receipts.length,
    'to be rejected': documents.filter(({ outcome }) => outcome === 'rejected').length,
    'planned repeats': accepts.reduce((sum, { copies }) => sum + copies, 0) - requests.size,
    'refunds behind a rejected sale': receipts.filter(({ isHeld }) => isHeld).length,
    'planned conflicts': operations.filter(({ kind }) => kind === 'conflict').length,
  };
}

function countEqual(receipts: readonly PlannedReceipt[]): number {
  const contents = receipts.map((receipt) => `${plannedPaymentKey(receipt)} ${plannedContentKey(receipt)}`);
  return contents.length - new Set(contents).size;
}

/** Counts the receipts that the provider rewrote in each way, the commonest first. */
export function countWriting(receipts: readonly JournalledReceipt[]): Record<string, number> {
  const ways = Map.groupBy(
    receipts.flatMap(({ writing }) => writing),
    (way) => way,
  );
  const counts = [...ways].map(([way, receiptsOfWay]) => [way, receiptsOfWay.length] as const);
  return Object.fromEntries(counts.sort(([, one], [, other]) => other - one));
}

/** Returns the machine that a run is made on, in words. */
export function machine(): string {
  return `Node ${process.version} on ${platform()} ${arch()}, ${availableParallelism()} cores`;
}

/** Returns a share in per cent. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}
