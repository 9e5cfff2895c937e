import type { JournalledReceipt } from '@fiscalkit/sandbox';
import type { PlannedReceipt } from '../../plan/planned-document.js';
import type { Books } from '../books.js';
import { contentKey, paymentKey, plannedContentKey, plannedPaymentKey } from '../identity.js';
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
  planned: readonly PlannedReceipt[],
  registered: readonly JournalledReceipt[],
): Violation[] {
  const dropped = planned.filter(({ outcome }) => outcome === 'dropped').map(plannedContentKey);
  const wanted = planned.filter(({ outcome }) => outcome !== 'dropped');
  const wantedContents = inTurn(wanted).map(plannedContentKey);
  // Whether a dropped refund is there is another question.
  const contents = registered.map(contentKey).filter((content) => !dropped.includes(content));
  return [
    ...[...new Set([...wantedContents, ...contents])].flatMap((content): Violation[] => {
      const asked = wanted.filter((document) => plannedContentKey(document) === content);
      const found = registered.filter((document) => contentKey(document) === content);
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

/** The order in which documents may be sent: what is held comes after the sale that lets it go on. */
function inTurn(wanted: readonly PlannedReceipt[]): PlannedReceipt[] {
  return [...wanted.filter(({ isHeld }) => !isHeld), ...wanted.filter(({ isHeld }) => isHeld)];
}

/** The first of its content must be there after all that comes before it: a refund never before its sale. */
function checkOrder(payment: string, wanted: readonly string[], contents: readonly string[]): Violation[] {
  const overtaken = [...new Set(wanted)].filter((content) => {
    const index = wanted.indexOf(content);
    const earlier = wanted.slice(0, index).filter((other) => other !== content);
    const first = contents.indexOf(content);
    return (
      first !== -1 && earlier.some((other) => contents.indexOf(other) > first || !contents.includes(other))
    );
  });
  return overtaken.map((content) => ({ kind: 'out-of-order', what: `payment ${payment}: ${content}` }));
}
