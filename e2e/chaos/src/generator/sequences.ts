import type { Weighted } from './chance.js';
import {
  correctionOfDay,
  correctionsOfPayment,
  correctionUnderKeyOfSale,
  rejectedCorrection,
  twinCorrections,
} from './corrections.js';
import {
  derivedRefundOfRejectedSale,
  partlyClosedAndRefunded,
  prepaymentClosedOften,
  racedRefunds,
  refundRacesClosing,
  refundsRaceClosings,
  saleAndDerivedRefund,
  saleAndPartialRefunds,
} from './derivations.js';
import type { DocumentGenerator } from './document-generator.js';
import type { OperationSequence } from './operation.js';
import {
  confirmation,
  conflictingConfirmations,
  idsAlike,
  manyDocuments,
  prepaymentAndClosing,
  refundOfRejectedSale,
  rejectedConfirmation,
  rejectedSale,
  repeatedSale,
  reusedKey,
  sale,
  saleAndRefund,
  salesAlike,
  twinSales,
} from './operations.js';

/** Kind of a sequence of operations, and its weight against the others. */
export type SequenceKind = Weighted<(generator: DocumentGenerator) => OperationSequence>;

/** Kinds of sequences that a provider takes. */
export type SequenceKinds = readonly [SequenceKind, ...SequenceKind[]];

/** Receipts and confirmations, of which rules reject single ones until the operator lets them pass. */
export const allSequences: SequenceKinds = [
  { weight: 18, choice: sale },
  { weight: 22, choice: saleAndRefund },
  { weight: 12, choice: manyDocuments },
  { weight: 8, choice: prepaymentAndClosing },
  { weight: 12, choice: repeatedSale },
  { weight: 6, choice: twinSales },
  { weight: 4, choice: salesAlike },
  { weight: 1, choice: idsAlike },
  { weight: 6, choice: reusedKey },
  { weight: 3, choice: rejectedSale },
  { weight: 2, choice: refundOfRejectedSale },
  { weight: 8, choice: saleAndDerivedRefund },
  { weight: 4, choice: saleAndPartialRefunds },
  { weight: 6, choice: racedRefunds },
  { weight: 4, choice: prepaymentClosedOften },
  { weight: 4, choice: partlyClosedAndRefunded },
  { weight: 2, choice: refundRacesClosing },
  { weight: 2, choice: refundsRaceClosings },
  { weight: 1, choice: derivedRefundOfRejectedSale },
  { weight: 8, choice: confirmation },
  { weight: 4, choice: conflictingConfirmations },
  { weight: 1, choice: rejectedConfirmation },
];

const beyondReceipts = new Set([
  refundOfRejectedSale,
  derivedRefundOfRejectedSale,
  confirmation,
  conflictingConfirmations,
  rejectedConfirmation,
]);
const [first, ...others] = allSequences;

/** Receipts and corrections, of which the provider rejects none or all of a merchant's. */
export const receiptAndCorrectionSequences: SequenceKinds = [
  first,
  ...others.filter(({ choice }) => !beyondReceipts.has(choice)),
  { weight: 12, choice: correctionOfDay },
  { weight: 14, choice: correctionsOfPayment },
  { weight: 4, choice: twinCorrections },
  { weight: 2, choice: correctionUnderKeyOfSale },
  { weight: 3, choice: rejectedCorrection },
];
