import { accept, type DocumentGenerator } from './document-generator.js';
import type { OperationSequence } from './operation.js';

// Sequences with corrections, for providers that take them.

/** A correction of no payment, submitted by one to three clients at once, and again later. */
export function correctionOfDay(generator: DocumentGenerator): OperationSequence {
  const correction = generator.correction();
  return { operations: [accept(correction, generator.chance.between(1, 3)), accept(correction)] };
}

/** A sale, and corrections and refunds of its payment, delivered in turn. */
export function correctionsOfPayment(generator: DocumentGenerator): OperationSequence {
  const { chance } = generator;
  const sold = generator.receipt();
  const { merchant, paymentId } = sold.document;
  const others = Array.from({ length: chance.between(1, 4) }, () =>
    chance.happens(0.7) ? generator.correction({ merchant, paymentId }) : generator.refundOf(sold.document),
  );
  const documents = chance.happens(0.8)
    ? [sold, ...others]
    : [generator.correction({ merchant, paymentId }), sold, ...others];
  return { operations: documents.map((document) => accept(document)) };
}

/** Corrections with the same content, of one payment or of none, distinguished by their keys alone. */
export function twinCorrections(generator: DocumentGenerator): OperationSequence {
  const { chance } = generator;
  const payment = chance.happens(0.5) ? { paymentId: generator.plainPaymentId() } : {};
  const one = generator.correction({ ...payment, key: generator.ownKey() });
  const { merchant, paymentId, operation, ground, lines, totalMinor } = one.document;
  const same = { merchant, paymentId, operation, ground, lines, totalMinor, isMeant: true };
  const twins = Array.from({ length: chance.between(1, 2) }, () =>
    generator.correction({ ...same, key: generator.ownKey() }),
  );
  return { operations: [one, ...twins, one].map((document) => accept(document)) };
}

/** A sale, then a correction under its key; or a correction, and then a sale. */
export function correctionUnderKeyOfSale(generator: DocumentGenerator): OperationSequence {
  const key = generator.ownKey();
  const sold = generator.receipt({ key });
  const correction = generator.correction({ merchant: sold.document.merchant, key });
  const [first, other] = generator.chance.happens(0.5) ? [sold, correction] : [correction, sold];
  return { operations: [accept(first), { kind: 'conflict', request: other.request }, accept(first)] };
}

/** A correction that the provider rejects, and its repeat, which changes nothing. */
export function rejectedCorrection(generator: DocumentGenerator): OperationSequence {
  const correction = generator.correction({ outcome: 'rejected' });
  return { operations: [accept(correction), accept(correction)] };
}
