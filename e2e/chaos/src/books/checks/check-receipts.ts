import type { JournalledReceipt } from '@fiscalkit/sandbox';
import type { PlannedReceipt } from '../../plan/planned-document.js';
import type { Books } from '../books.js';
import { contentKey, paymentKey, plannedPaymentKey } from '../identity.js';
import type { Violation } from '../violation.js';

/** Counts the provider's receipts against the plan, payment by payment, and looks at their order. */
export function checkReceipts({ planned, provider }: Books): Violation[] {
  const receipts = planned.filter((document) => document.kind === 'receipt');
  const wanted = Map.groupBy(receipts, plannedPaymentKey);
  const registered = Map.groupBy(provider.receipts, ({ merchant_id, payment_id }) =>
    paymentKey(merchant_id, payment_id),
  );
  const payments = new Set([...wanted.keys(), ...registered.keys()]);
  return [...payments].flatMap((payment) =>
    checkPayment(payment, wanted.get(payment) ?? [], registered.get(payment) ?? []),
  );
}

function checkPayment(
  payment: string,
  wanted: readonly PlannedReceipt[],
  registered: readonly JournalledReceipt[],
): Violation[] {
  const wantedContents = wanted.map(plannedContentOf);
  const contents = registered.map(contentOf);
  return [
    ...[...new Set([...wantedContents, ...contents])].flatMap((content): Violation[] => {
      const asked = wanted.filter((document) => plannedContentOf(document) === content);
      const found = registered.filter((document) => contentOf(document) === content);
      const kind = compareCounts(asked, found);
      if (kind === null) return [];
      const names = asked.map(({ name }) => name).join(' ') || 'not planned';
      const documents = found.map(({ receipt_id, status }) => `${receipt_id} (${status})`).join(', ');
      return [
        { kind, what: `payment ${payment}, ${content} (${names}): the provider has ${documents || 'none'}` },
      ];
    }),
    ...checkOrder(payment, wantedContents, contents),
  ];
}

/** A rejected document is no fiscal document: it must be there, but a second one would double nothing. */
function compareCounts(
  asked: readonly PlannedReceipt[],
  found: readonly JournalledReceipt[],
): 'lost' | 'doubled' | null {
  const live = found.filter(({ status }) => status !== 'rejected').length;
  const liveAsked = asked.filter(({ outcome }) => outcome === 'registered').length;
  if (live > liveAsked) return 'doubled';
  return live < liveAsked || found.length < asked.length ? 'lost' : null;
}

/** Each document must be there before the first of a later one: a refund never before its sale. */
function checkOrder(payment: string, wanted: readonly string[], contents: readonly string[]): Violation[] {
  const overtaken = wanted.filter((content, index) => {
    const earlier = wanted.slice(0, index).filter((other) => other !== content);
    const first = contents.indexOf(content);
    return (
      first !== -1 && earlier.some((other) => contents.indexOf(other) > first || !contents.includes(other))
    );
  });
  return overtaken.map((content) => ({ kind: 'out-of-order', what: `payment ${payment}: ${content}` }));
}

function contentOf({ operation_type, total }: JournalledReceipt): string {
  return contentKey(operation_type, Math.round(total * 100));
}

function plannedContentOf({ operation, totalMinor }: PlannedReceipt): string {
  return contentKey(operation, totalMinor);
}
