import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { canonicalSoliqLink } from '@fiscalkit/schemas';
import type { PlannedReceipt } from '../generator/planned-document.js';
import { confirmationKey, contentKey, paymentKey, plannedContentKey, plannedPaymentKey } from './identity.js';
import type { Books, Violation } from './observations.js';

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

/** Looks for refunds that the provider took while it had no sale of the payment, or rejected ones only. */
export function checkRefunds({ provider }: Books): Violation[] {
  const sold = new Set<string>();
  return provider.receipts.flatMap(
    ({ merchant_id, payment_id, operation_type, status, receipt_id }): Violation[] => {
      if (status === 'rejected') return [];
      const payment = paymentKey(merchant_id, payment_id);
      if (operation_type === 'sell') sold.add(payment);
      if (operation_type !== 'sell_refund' || sold.has(payment)) return [];
      return [{ kind: 'refund-without-sale', what: `payment ${payment}: ${receipt_id} is ${status}` }];
    },
  );
}

/** Compares the links that the provider attached to payments with the plan. A repeat attaches nothing new. */
export function checkConfirmations({ planned, provider }: Books): Violation[] {
  const confirmations = planned.filter((document) => document.kind === 'confirmation');
  const left = new Map(
    provider.confirmations.map(({ wallet, payment_id, qr_code }) => [
      confirmationKey(wallet, payment_id),
      qr_code,
    ]),
  );
  const violations: Violation[] = [];
  for (const { name, wallet, paymentId, link, outcome } of confirmations) {
    const key = confirmationKey(wallet, paymentId);
    const attached = left.get(key);
    left.delete(key);
    const named = `${name} (${key})`;
    if (attached === undefined) {
      if (outcome === 'registered') violations.push({ kind: 'lost', what: named });
    } else if (outcome === 'rejected' || attached !== canonicalSoliqLink(link)) {
      violations.push({ kind: 'stored-otherwise', what: `${named}: the provider has ${attached}` });
    }
  }
  for (const key of left.keys())
    violations.push({ kind: 'doubled', what: `${key}: attached, but not planned` });
  return violations;
}
