import { canonicalSoliqLink } from '@fiscalkit/schemas';
import type { PlannedReceipt } from '../generator/planned-document.js';
import {
  confirmationKey,
  contentKey,
  paymentKey,
  plannedContentKey,
  plannedPaymentKey,
  type RegisteredReceipt,
} from './identity.js';
import type { Observations, Violation } from './observations.js';

/** Compares number and order of the provider's receipts with the plan, payment by payment. */
export function checkReceipts(observations: Observations): Violation[] {
  const { superseded, provider } = observations;
  const receipts = inAcceptedOrder(observations);
  const wanted = Map.groupBy(receipts, plannedPaymentKey);
  const registered = Map.groupBy(provider.receipts, ({ merchant_id, payment_id }) =>
    paymentKey(merchant_id, payment_id),
  );
  const payments = new Set([...wanted.keys(), ...registered.keys()]);
  const resubmitted = [...superseded.values()].filter((document) => document.kind === 'receipt');
  const reordered = new Set(resubmitted.map(plannedPaymentKey));
  return [...payments].flatMap((payment) => {
    const found = registered.get(payment) ?? [];
    const expected = wanted.get(payment) ?? [];
    const counts = checkCounts(payment, expected, found);
    // Documents behind one that is resubmitted go first, and corrections of no payment beside each other.
    const isInOrder = !reordered.has(payment) && expected.every(({ paymentId }) => paymentId !== '');
    return !isInOrder ? counts : [...counts, ...checkOrder(payment, expected, found)];
  });
}

/** Returns planned receipts as they were accepted: requests at the same time may come in any order. */
function inAcceptedOrder({ planned, reported, stored }: Observations): PlannedReceipt[] {
  const places = new Map(stored.map(({ entry }, place) => [entry.id, place]));
  const ids = new Map(reported.map(({ document, ids: [id = ''] }) => [document.name, id]));
  let last = -1;
  const placed = planned
    .filter((document) => document.kind === 'receipt')
    .map((document) => {
      last = places.get(ids.get(document.name) ?? '') ?? last;
      return { document, place: last };
    });
  return placed.sort((one, other) => one.place - other.place).map(({ document }) => document);
}

function checkCounts(
  payment: string,
  planned: readonly PlannedReceipt[],
  registered: readonly RegisteredReceipt[],
): Violation[] {
  const wanted = planned.filter((document) => !isDropped(document));
  const dropped = planned.filter(isDropped).map(plannedContentKey);
  const contents = new Set([...wanted.map(plannedContentKey), ...registered.map(contentKey)]);
  return [...contents].flatMap((content): Violation[] => {
    // Dropped refunds are checked by `checkRefunds`.
    if (dropped.includes(content)) return [];
    const expected = wanted.filter((document) => plannedContentKey(document) === content);
    const found = registered.filter((document) => contentKey(document) === content);
    const kind = compareCounts(expected, found);
    if (kind === null) return [];
    const names = expected.map(({ name }) => name).join(' ') || 'not planned';
    const documents = found.map(describeDocument).join(', ');
    return [
      { kind, what: `payment ${payment}, ${content} (${names}): the provider has ${documents || 'none'}` },
    ];
  });
}

/** Returns the facts that show why a document was not recognised. */
function describeDocument({ receipt_id, status, created_at, writing }: RegisteredReceipt): string {
  return `${receipt_id} (${[status, created_at, ...writing].join(' ')})`;
}

function isDropped({ outcome }: PlannedReceipt): boolean {
  return outcome === 'dropped';
}

/** Compares counts. A rejected document must be there, but a second one is no second fiscal document. */
function compareCounts(
  expected: readonly PlannedReceipt[],
  found: readonly RegisteredReceipt[],
): 'lost' | 'doubled' | null {
  const live = found.filter(({ status }) => status !== 'rejected').length;
  const liveExpected = expected.filter(({ outcome }) => outcome === 'registered').length;
  if (live > liveExpected) return 'doubled';
  return live < liveExpected || found.length < expected.length ? 'lost' : null;
}

/** Checks that the first document of each content follows all that precede it: no refund before its sale. */
function checkOrder(
  payment: string,
  planned: readonly PlannedReceipt[],
  registered: readonly RegisteredReceipt[],
): Violation[] {
  const wanted = inSendingOrder(planned).map(plannedContentKey);
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

/** Returns documents in the order of sending: held ones last, none that is dropped. */
function inSendingOrder(planned: readonly PlannedReceipt[]): PlannedReceipt[] {
  const wanted = planned.filter((document) => !isDropped(document));
  return [...wanted.filter(({ isHeld }) => !isHeld), ...wanted.filter(({ isHeld }) => isHeld)];
}

/** Finds refunds that the provider took while it had no sale of the payment, or rejected ones only. */
export function checkRefunds({ provider }: Observations): Violation[] {
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

/** Sums of a payment's live receipts at the provider, in minor units, by what they do. */
const sumKinds = {
  'sell full_prepayment': 'prepaid',
  'sell full_payment': 'sold',
  'sell_refund full_prepayment': 'refundedBefore',
  'sell_refund full_payment': 'refunded',
} as const;

/**
 * Finds payments of which the provider has more refunded than sold, or more refunded and delivered than
 * prepaid. Only those are looked at whose refunds and closing receipts are all made by the ledger.
 */
export function checkTaken({ planned, provider }: Observations): Violation[] {
  const receipts = planned.filter((document) => document.kind === 'receipt');
  const isWritten = ({ operation, settlement, isDerived }: PlannedReceipt) =>
    !isDerived && (operation === 'sell_refund' || settlement === 'prepayment');
  const left = new Set(receipts.map(plannedPaymentKey));
  for (const document of receipts.filter(isWritten)) left.delete(plannedPaymentKey(document));
  const found = Map.groupBy(provider.receipts, ({ merchant_id, payment_id }) =>
    paymentKey(merchant_id, payment_id),
  );
  return [...left].flatMap((payment): Violation[] => {
    const sums = { prepaid: 0, sold: 0, refundedBefore: 0, refunded: 0 };
    for (const receipt of found.get(payment) ?? []) {
      const kind = `${receipt.operation_type} ${receipt.positions[0]?.payment_method}`;
      if (receipt.status !== 'rejected' && kind in sumKinds)
        sums[sumKinds[kind as keyof typeof sumKinds]] += Math.round(receipt.total * 100);
    }
    const { prepaid, sold, refundedBefore, refunded } = sums;
    const isTooMuch = refunded > sold || (prepaid > 0 && sold + refundedBefore > prepaid);
    return isTooMuch ? [{ kind: 'over-refunded', what: `payment ${payment}: ${JSON.stringify(sums)}` }] : [];
  });
}

/** Compares the links that the provider attached to payments with the plan. */
export function checkConfirmations({ planned, provider }: Observations): Violation[] {
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
