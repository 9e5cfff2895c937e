import { arch, availableParallelism, platform } from 'node:os';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { plannedContentKey, plannedPaymentKey } from '../checker/identity.js';
import type { Plan } from '../generator/plan.js';
import type { PlannedReceipt } from '../generator/planned-document.js';

/** How much of everything a plan holds. */
export function countPlan({ stories, documents }: Plan): Record<string, number> {
  const steps = stories.flatMap((story) => story.steps);
  const handIns = steps.filter((step) => step.kind === 'hand-in');
  const receipts = documents.flatMap(({ document }) => (document.kind === 'receipt' ? [document] : []));
  const refunds = receipts.filter(({ operation }) => operation === 'sell_refund').length;
  const payments = Map.groupBy(receipts, ({ merchant, paymentId }) => `${merchant} ${paymentId}`);
  return {
    sales: receipts.length - refunds,
    refunds,
    payments: payments.size,
    'of three documents or more': [...payments.values()].filter(({ length }) => length > 2).length,
    'equal to another of their payment': countEqual(receipts),
    'closing a prepayment': receipts.filter(({ settlement }) => settlement === 'prepayment').length,
    confirmations: documents.length - receipts.length,
    'to be rejected': documents.filter(({ document }) => document.outcome === 'rejected').length,
    'planned repeats': handIns.reduce((sum, { copies }) => sum + copies, 0) - documents.length,
    'refunds behind a rejected sale': receipts.filter(({ isHeld }) => isHeld).length,
    'planned conflicts': steps.filter(({ kind }) => kind === 'conflict').length,
  };
}

function countEqual(receipts: readonly PlannedReceipt[]): number {
  const contents = receipts.map((receipt) => `${plannedPaymentKey(receipt)} ${plannedContentKey(receipt)}`);
  return contents.length - new Set(contents).size;
}

/** How many receipts the provider writes in each way, the commonest first. */
export function countWriting(receipts: readonly JournalledReceipt[]): Record<string, number> {
  const ways = Map.groupBy(
    receipts.flatMap(({ writing }) => writing),
    (way) => way,
  );
  const counts = [...ways].map(([way, struck]) => [way, struck.length] as const);
  return Object.fromEntries(counts.sort(([, one], [, other]) => other - one));
}

/** What a run was made on. */
export function machine(): string {
  return `Node ${process.version} on ${platform()} ${arch()}, ${availableParallelism()} cores`;
}
