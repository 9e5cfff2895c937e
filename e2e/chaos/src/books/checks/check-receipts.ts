import type { JournalledReceipt } from '@fiscalkit/sandbox';
import type { PlannedReceipt } from '../../plan/planned-document.js';
import type { Books } from '../books.js';
import { contentKey, paymentKey, plannedContentKey, plannedPaymentKey } from '../identity.js';
import type { Violation } from '../violation.js';

/** Counts the provider's receipts against the plan, payment by payment, and looks at their order. */
export function checkReceipts({ planned, givenUp, provider }: Books): Violation[] {
  const receipts = planned.filter((document) => document.kind === 'receipt');
  const wanted = Map.groupBy(receipts, plannedPaymentKey);
  const registered = Map.groupBy(provider.receipts, ({ merchant_id, payment_id }) =>
    paymentKey(merchant_id, payment_id),
  );
  const payments = new Set([...wanted.keys(), ...registered.keys()]);
  const handedInAgain = [...givenUp.values()].filter((document) => document.kind === 'receipt');
  const reordered = new Set(handedInAgain.map(plannedPaymentKey));
  return [...payments].flatMap((payment) => {
    const found = registered.get(payment) ?? [];
    const asked = wanted.get(payment) ?? [];
    const counts = checkCounts(payment, asked, found);
    // Who hands a document in again lets those behind it go first.
    return reordered.has(payment) ? counts : [...counts, ...checkOrder(payment, asked, found)];
  });
}

function checkCounts(
  payment: string,
  planned: readonly PlannedReceipt[],
  registered: readonly JournalledReceipt[],
): Violation[] {
  const wanted = planned.filter((document) => !isDropped(document));
  const dropped = planned.filter(isDropped).map(plannedContentKey);
  const contents = new Set([...wanted.map(plannedContentKey), ...registered.map(contentKey)]);
  return [...contents].flatMap((content): Violation[] => {
    // Whether a dropped refund is there is another question.
    if (dropped.includes(content)) return [];
    const asked = wanted.filter((document) => plannedContentKey(document) === content);
    const found = registered.filter((document) => contentKey(document) === content);
    const kind = compareCounts(asked, found);
    if (kind === null) return [];
    const names = asked.map(({ name }) => name).join(' ') || 'not planned';
    const documents = found.map(described).join(', ');
    return [
      { kind, what: `payment ${payment}, ${content} (${names}): the provider has ${documents || 'none'}` },
    ];
  });
}

/** What is needed to see why a document was not recognised. */
function described({ receipt_id, status, created_at, writing }: JournalledReceipt): string {
  return `${receipt_id} (${[status, created_at, ...writing].join(' ')})`;
}

function isDropped({ outcome }: PlannedReceipt): boolean {
  return outcome === 'dropped';
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

/** The first of its content must be there after all that comes before it: a refund never before its sale. */
function checkOrder(
  payment: string,
  planned: readonly PlannedReceipt[],
  registered: readonly JournalledReceipt[],
): Violation[] {
  const wanted = inTurn(planned).map(plannedContentKey);
  const contents = registered.map(contentKey);
  const overtaken = [...new Set(wanted)].filter((content) => {
    const earlier = wanted.slice(0, wanted.indexOf(content));
    const first = contents.indexOf(content);
    return (
      first !== -1 && earlier.some((other) => contents.indexOf(other) > first || !contents.includes(other))
    );
  });
  return overtaken.map((content) => ({ kind: 'out-of-order', what: `payment ${payment}: ${content}` }));
}

/** The order in which documents may be sent: what is held comes after the sale that lets it go on, what is dropped has none. */
function inTurn(planned: readonly PlannedReceipt[]): PlannedReceipt[] {
  const wanted = planned.filter((document) => !isDropped(document));
  return [...wanted.filter(({ isHeld }) => !isHeld), ...wanted.filter(({ isHeld }) => isHeld)];
}
