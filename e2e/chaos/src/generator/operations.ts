import { acceptEntry, goodsAlike, type Pen, type Written, withZeros } from './document-generator.js';
import type { Story } from './operation.js';
import type { PlannedReceipt } from './planned-document.js';

/** A sale and nothing more. */
export function sale(pen: Pen): Story {
  return { steps: [acceptEntry(pen.receipt())] };
}

/** A sale and the refund of all or a part of it, asked for as soon as the sale was answered. */
export function saleAndRefund(pen: Pen): Story {
  const sold = pen.receipt();
  return { steps: [acceptEntry(sold), acceptEntry(pen.refundOf(sold.document))] };
}

/** A sale that several clients ask for at once, and again later. */
export function repeatedSale(pen: Pen): Story {
  const sold = pen.receipt();
  return { steps: [acceptEntry(sold, pen.chance.between(2, 3)), acceptEntry(sold)] };
}

/** Sales of one payment with the same content, told apart by their keys alone. */
export function twinSales(pen: Pen): Story {
  const one = pen.receipt({ key: pen.ownKey() });
  const others = Array.from({ length: pen.chance.between(1, 3) }, () => pen.twinOf(one.document));
  return { steps: [acceptEntry(one), ...others.map((twin) => acceptEntry(twin)), acceptEntry(one)] };
}

/** A payment with three to six documents: sales, refunds of them, and a sale once more. */
export function manyDocuments(pen: Pen): Story {
  const first = pen.receipt();
  const { merchant, paymentId } = first.document;
  const sales = [first.document];
  const documents = [first];
  for (let left = pen.chance.between(2, 5); left > 0; left -= 1) {
    const sold = sales[pen.chance.between(0, sales.length - 1)] ?? first.document;
    const next = pen.chance.weighted<() => Written<PlannedReceipt>>([
      { weight: 4, choice: () => pen.refundOf(sold) },
      { weight: 4, choice: () => pen.receipt({ merchant, paymentId }) },
      { weight: 1, choice: () => pen.twinOf(sold) },
    ])();
    if (next.document.operation === 'sell') sales.push(next.document);
    documents.push(next);
  }
  return { steps: documents.map((document) => acceptEntry(document)) };
}

/** A prepayment and the receipt that closes it: the same goods and total, and another document all the same. */
export function prepaymentAndClosing(pen: Pen): Story {
  const lines = pen.lines().map((line) => ({ ...line, paymentMethod: 'full_prepayment' as const }));
  const prepaid = pen.receipt({ lines });
  const { merchant, paymentId } = prepaid.document;
  const closing = pen.receipt({
    merchant,
    paymentId,
    lines: lines.map((line) => ({ ...line, paymentMethod: 'full_payment' as const })),
    settlement: 'prepayment',
  });
  return { steps: [acceptEntry(prepaid), acceptEntry(closing)] };
}

/** Sales of one payment that differ in nothing but what a register may rewrite in a name. */
export function salesAlike(pen: Pen): Story {
  const names = pen.chance.pick(goodsAlike);
  const [line] = pen.lines();
  const first = pen.receipt();
  const { merchant, paymentId } = first.document;
  const alike = names.map((goods) =>
    pen.receipt({ merchant, paymentId, lines: line ? [{ ...line, goods }] : [], isMeant: true }),
  );
  return { steps: [first, ...alike].map((written) => acceptEntry(written)) };
}

/** Sales of two payments whose ids are one number, spelt in two ways. */
export function idsAlike(pen: Pen): Story {
  const one = pen.receipt({ paymentId: pen.plainPaymentId() });
  const { merchant, paymentId } = one.document;
  return {
    steps: [acceptEntry(one), acceptEntry(pen.receipt({ merchant, paymentId: withZeros(paymentId) }))],
  };
}

/** A sale, and then another under its key. */
export function reusedKey(pen: Pen): Story {
  const key = pen.ownKey();
  const sold = pen.receipt({ key });
  const other = pen.receipt({ merchant: sold.document.merchant, key });
  return { steps: [acceptEntry(sold), { kind: 'conflict', ask: other.ask }, acceptEntry(sold)] };
}

/** A sale that the provider rejects; asking again changes nothing. */
export function rejectedSale(pen: Pen): Story {
  const sold = pen.receipt({ outcome: 'rejected' });
  return { steps: [acceptEntry(sold), acceptEntry(sold)] };
}

/** A sale that the provider rejects, and its refund, which waits: until a corrected sale is registered, or until it is dropped. */
export function refundOfRejectedSale(pen: Pen): Story {
  const isDropped = pen.chance.happens(0.3);
  const sold = pen.receipt({ outcome: 'rejected' });
  const { document: sale } = sold;
  const { merchant, paymentId } = sale;
  const outcome = isDropped ? 'dropped' : 'registered';
  const refund = pen.refundOf(sale, { isHeld: true, outcome });
  const held = refund.document;
  return {
    steps: [
      acceptEntry(sold),
      acceptEntry(refund),
      { kind: 'operate', action: isDropped ? 'drop' : 'let-sales-pass', sale, held },
      ...(isDropped ? [] : [acceptEntry(pen.receipt({ merchant, paymentId }))]),
    ],
  };
}

/** A link for a payment, sometimes sent twice. */
export function confirmation(pen: Pen): Story {
  return { steps: [acceptEntry(pen.confirmation(), pen.chance.between(1, 2))] };
}

/** A link for a payment, then another link for it, then the same link for another payment. */
export function conflictingConfirmations(pen: Pen): Story {
  const confirmed = pen.confirmation();
  const { document } = confirmed;
  const otherLink = pen.confirmationAsk({ ...document, link: pen.link() }, null);
  const otherPayment = pen.confirmationAsk({ ...document, paymentId: `${document.paymentId}-other` }, null);
  return {
    steps: [
      acceptEntry(confirmed),
      { kind: 'conflict', ask: otherLink },
      { kind: 'conflict', ask: otherPayment },
      acceptEntry(confirmed),
    ],
  };
}

/** A link that the provider rejects. */
export function rejectedConfirmation(pen: Pen): Story {
  return { steps: [acceptEntry(pen.confirmation('rejected'))] };
}
