import { accept, type DocumentGenerator, goodsAlike, withZeros } from './document-generator.js';
import type { OperationSequence, PlannedRequest } from './operation.js';
import type { PlannedReceipt } from './planned-document.js';

/** A single sale. */
export function sale(generator: DocumentGenerator): OperationSequence {
  return { operations: [accept(generator.receipt())] };
}

/** A sale and the refund of all or a part of it, submitted as soon as the sale was answered. */
export function saleAndRefund(generator: DocumentGenerator): OperationSequence {
  const sold = generator.receipt();
  return { operations: [accept(sold), accept(generator.refundOf(sold.document))] };
}

/** A sale that several clients submit at once, and again later. */
export function repeatedSale(generator: DocumentGenerator): OperationSequence {
  const sold = generator.receipt();
  return { operations: [accept(sold, generator.chance.between(2, 3)), accept(sold)] };
}

/** Sales of one payment with the same content, distinguished by their keys alone. */
export function twinSales(generator: DocumentGenerator): OperationSequence {
  const one = generator.receipt({ key: generator.ownKey() });
  const others = Array.from({ length: generator.chance.between(1, 3) }, () => generator.twinOf(one.document));
  return { operations: [accept(one), ...others.map((twin) => accept(twin)), accept(one)] };
}

/** A payment with three to six documents: sales, refunds of them, and a sale once more. */
export function manyDocuments(generator: DocumentGenerator): OperationSequence {
  const first = generator.receipt();
  const { merchant, paymentId } = first.document;
  const sales = [first.document];
  const documents = [first];
  for (let left = generator.chance.between(2, 5); left > 0; left -= 1) {
    const sold = sales[generator.chance.between(0, sales.length - 1)] ?? first.document;
    const next = generator.chance.weighted<() => PlannedRequest<PlannedReceipt>>([
      { weight: 4, choice: () => generator.refundOf(sold) },
      { weight: 4, choice: () => generator.receipt({ merchant, paymentId }) },
      { weight: 1, choice: () => generator.twinOf(sold) },
    ])();
    if (next.document.operation === 'sell') sales.push(next.document);
    documents.push(next);
  }
  return { operations: documents.map((document) => accept(document)) };
}

/** A prepayment and the receipt that closes it: the same goods and total in another document. */
export function prepaymentAndClosing(generator: DocumentGenerator): OperationSequence {
  const lines = generator.lines().map((line) => ({ ...line, paymentMethod: 'full_prepayment' as const }));
  const prepaid = generator.receipt({ lines });
  const { merchant, paymentId } = prepaid.document;
  const closing = generator.receipt({
    merchant,
    paymentId,
    lines: lines.map((line) => ({ ...line, paymentMethod: 'full_payment' as const })),
    settlement: 'prepayment',
  });
  return { operations: [accept(prepaid), accept(closing)] };
}

/** Sales of one payment that differ only in what a cash register may rewrite in a name. */
export function salesAlike(generator: DocumentGenerator): OperationSequence {
  const names = generator.chance.pick(goodsAlike);
  const [line] = generator.lines();
  const first = generator.receipt();
  const { merchant, paymentId } = first.document;
  const alike = names.map((goods) =>
    generator.receipt({ merchant, paymentId, lines: line ? [{ ...line, goods }] : [], isMeant: true }),
  );
  return { operations: [first, ...alike].map((planned) => accept(planned)) };
}

/** Sales of two payments whose ids are two spellings of one number. */
export function idsAlike(generator: DocumentGenerator): OperationSequence {
  const one = generator.receipt({ paymentId: generator.plainPaymentId() });
  const { merchant, paymentId } = one.document;
  return {
    operations: [accept(one), accept(generator.receipt({ merchant, paymentId: withZeros(paymentId) }))],
  };
}

/** A sale, and then another under its key. */
export function reusedKey(generator: DocumentGenerator): OperationSequence {
  const key = generator.ownKey();
  const sold = generator.receipt({ key });
  const other = generator.receipt({ merchant: sold.document.merchant, key });
  return { operations: [accept(sold), { kind: 'conflict', request: other.request }, accept(sold)] };
}

/** A sale that the provider rejects, and its repeat, which changes nothing. */
export function rejectedSale(generator: DocumentGenerator): OperationSequence {
  const sold = generator.receipt({ outcome: 'rejected' });
  return { operations: [accept(sold), accept(sold)] };
}

/** A rejected sale and its refund, held until a corrected sale is registered or the operator drops it. */
export function refundOfRejectedSale(generator: DocumentGenerator): OperationSequence {
  const isDropped = generator.chance.happens(0.3);
  const sold = generator.receipt({ outcome: 'rejected' });
  const { document: sale } = sold;
  const { merchant, paymentId } = sale;
  const outcome = isDropped ? 'dropped' : 'registered';
  const refund = generator.refundOf(sale, { isHeld: true, outcome });
  const held = refund.document;
  return {
    operations: [
      accept(sold),
      accept(refund),
      { kind: 'operate', action: isDropped ? 'drop' : 'let-sales-pass', sale, held },
      ...(isDropped ? [] : [accept(generator.receipt({ merchant, paymentId }))]),
    ],
  };
}

/** A link for a payment, sometimes submitted twice. */
export function confirmation(generator: DocumentGenerator): OperationSequence {
  return { operations: [accept(generator.confirmation(), generator.chance.between(1, 2))] };
}

/** A link for a payment, then another link for it, then the same link for another payment. */
export function conflictingConfirmations(generator: DocumentGenerator): OperationSequence {
  const confirmed = generator.confirmation();
  const { document } = confirmed;
  const otherLink = generator.confirmationRequest({ ...document, link: generator.link() }, null);
  const otherPayment = generator.confirmationRequest(
    { ...document, paymentId: `${document.paymentId}-other` },
    null,
  );
  return {
    operations: [
      accept(confirmed),
      { kind: 'conflict', request: otherLink },
      { kind: 'conflict', request: otherPayment },
      accept(confirmed),
    ],
  };
}

/** A link that the provider rejects. */
export function rejectedConfirmation(generator: DocumentGenerator): OperationSequence {
  return { operations: [accept(generator.confirmation('rejected'))] };
}
