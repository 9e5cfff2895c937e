import type { ProviderReceipt } from '@fiscalkit/schemas';
import type { Reason } from '../../contract/verdict.js';
import type { Outcome } from '../../transport/outcome.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfSilence } from '../../verdicts/verdict-of-silence.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';
import { readReceipts } from './read-receipt.js';

/** Rows asked for at a time. */
export const pageSize = 100;
const mostPages = 50;

/** How a walk ended: every row was seen, or not. */
export type WalkEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'broken'; readonly reason: Reason; readonly retryAfterMs?: number };

/**
 * Walks a list page by page, giving each row once. The page documents neither its largest limit nor an end mark, and rows
 * move down while new ones come in: so every page begins at the last row seen before, which proves that nothing was skipped,
 * and the walk is complete when that row is also the last.
 */
export async function* walkList(
  ask: (offset: number) => Promise<Outcome>,
  now: () => Date,
): AsyncGenerator<ProviderReceipt, WalkEnd> {
  const seen = new Set<string>();
  let lastSeen: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const outcome = await ask(Math.max(seen.size - 1, 0));
    const receipts = receiptsOf(outcome);
    if (receipts === null) {
      return brokenBy(outcome, now());
    }
    if (lastSeen !== undefined && !receipts.some(({ receipt_id }) => receipt_id === lastSeen)) {
      return { kind: 'broken', reason: reasonOf('provider.unreadable') };
    }
    yield* receipts.filter(({ receipt_id }) => !seen.has(receipt_id));
    for (const { receipt_id } of receipts) {
      seen.add(receipt_id);
    }
    const lastOfPage = receipts.at(-1)?.receipt_id;
    if (lastOfPage === lastSeen) {
      return { kind: 'complete' };
    }
    lastSeen = lastOfPage;
  }
  return { kind: 'broken', reason: reasonOf('provider.too-large', { outage: false }) };
}

function receiptsOf(outcome: Outcome): ProviderReceipt[] | null {
  return outcome.kind === 'answered' && outcome.status === 200 ? readReceipts(outcome.body) : null;
}

function brokenBy(outcome: Outcome, now: Date): WalkEnd {
  if (outcome.kind !== 'answered') {
    return { kind: 'broken', reason: verdictOfSilence(outcome).reason };
  }
  if (outcome.status === 200) {
    return { kind: 'broken', reason: reasonOf('provider.unreadable', { httpStatus: 200 }) };
  }
  const { reason, ...advice } = verdictOfStatus(outcome, now);
  return 'retryAfterMs' in advice
    ? { kind: 'broken', reason, retryAfterMs: advice.retryAfterMs }
    : { kind: 'broken', reason };
}
